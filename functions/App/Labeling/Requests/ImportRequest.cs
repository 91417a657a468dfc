namespace ChatLoop.App.Labeling.Requests;

/// <summary>The body of an import: the name of a blob in the loop's container.</summary>
internal sealed record ImportRequest(string? Blob);
