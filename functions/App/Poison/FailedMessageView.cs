using System.Text.Json.Nodes;

namespace ChatLoop.App.Poison;

/// <summary>A failed message as the API shows it.</summary>
/// <param name="Message">As JSON where it is JSON, else as text.</param>
internal sealed record FailedMessageView(
    string Id,
    string Queue,
    FailedMessageState State,
    IReadOnlyList<string> Reasons,
    JsonNode? Message,
    long DequeueCount,
    int Times,
    DateTimeOffset FirstSeen,
    DateTimeOffset LastSeen,
    string? Note);
