using System.Text.Json;

namespace ChatLoop.App.Improvement;

/// <summary>A message of the queue `improvements`: start a run.</summary>
/// <param name="SchemaVersion">1.</param>
/// <param name="Id">The same one again is the same run.</param>
internal sealed record ImprovementMessage(int SchemaVersion, string? Id, string? Reason, string? Recipe)
{
    private const int CurrentSchema = 1;
    private const int LongestId = 128;

    /// <exception cref="JsonException">It is no such message.</exception>
    public static ImprovementMessage Read(ReadOnlyMemory<byte> body) =>
        JsonSerializer.Deserialize(body.Span, ReadableJson.Types.ImprovementMessage) ?? throw new JsonException("The message is null.");

    /// <summary>Every mistake as a sentence.</summary>
    public static IReadOnlyList<string> Mistakes(ReadOnlyMemory<byte> body)
    {
        try
        {
            return Read(body).Mistake() is { } mistake ? [mistake] : [];
        }
        catch (JsonException e)
        {
            return [$"The message cannot be read: {e.Message}"];
        }
    }

    private string? Mistake() =>
        SchemaVersion != CurrentSchema ? $"schemaVersion is {SchemaVersion}; this build reads {CurrentSchema}."
        : Id is not { Length: > 0 and <= LongestId } ? $"id is missing or longer than {LongestId} characters: choose one for each run."
        : new ImprovementRequest(Reason, Recipe).Mistake();
}
