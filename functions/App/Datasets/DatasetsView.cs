namespace ChatLoop.App.Datasets;

/// <summary>GET /api/datasets.</summary>
internal sealed record DatasetsView(IReadOnlyList<DatasetSummary> Datasets);
