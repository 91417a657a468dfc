namespace ChatLoop.App.Improvement;

/// <summary>GET /api/improvements.</summary>
internal sealed record RunsView(IReadOnlyList<RunView> Improvements);
