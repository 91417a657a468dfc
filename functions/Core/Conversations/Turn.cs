using System.Text.Json.Serialization;

namespace ChatLoop.Core.Conversations;

/// <summary>One question and, once it is there, its reply. <see cref="Id"/> is also the id of the orchestration that answers it.</summary>
public sealed record Turn
{
    /// <summary>What <see cref="Parent"/> says of a turn that begins the conversation anew.</summary>
    public const string Root = "root";

    public required string Id { get; init; }

    /// <summary>The turn that this one follows, or <see cref="Root"/>; null for the turn accepted before it, as it is where nobody branches.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Parent { get; init; }

    public required string Question { get; init; }

    public AnswerOptions Options { get; init; } = new();

    /// <summary>The languages that the person reads, the preferred one first (BCP 47): only templates are chosen by them.</summary>
    public IReadOnlyList<string> Languages { get; init; } = [];

    public required DateTimeOffset AcceptedAt { get; init; }

    /// <summary>Whether the answer is released to readers while it is written.</summary>
    public bool Stream { get; init; }

    /// <summary>What the model wrote, until moderation has let it through or held it back. Never shown.</summary>
    public Draft? Draft { get; init; }

    /// <summary>A second one, where the turn is to be answered by two. Never shown either, until both have passed.</summary>
    public Draft? Alternative { get; init; }

    public Reply? Reply { get; init; }

    /// <summary>The kinds of personal data that were masked in the question before it was stored; null where there were none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Masked { get; init; }

    /// <summary>What the model wrote and moderation held back, for people to judge if the user reports it. Never shown to the user.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Withheld { get; init; }
}
