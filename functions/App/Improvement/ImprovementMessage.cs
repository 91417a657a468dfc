namespace ChatLoop.App.Improvement;

/// <summary>A message of the queue `improvements`: start a run.</summary>
/// <param name="SchemaVersion">1.</param>
/// <param name="Id">The same one again is the same run.</param>
internal sealed record ImprovementMessage(int SchemaVersion, string? Id, string? Reason, string? Recipe)
{
    public const int CurrentSchema = 1;

    private const int LongestId = 128;

    public string? Mistake() =>
        SchemaVersion != CurrentSchema ? $"schemaVersion is {SchemaVersion}; this build reads {CurrentSchema}."
        : Id is not { Length: > 0 and <= LongestId } ? $"id is missing or longer than {LongestId} characters: choose one for each run."
        : new ImprovementRequest(Reason, Recipe).Mistake();
}
