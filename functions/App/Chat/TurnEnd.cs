using ChatLoop.Core.Conversations;
using ChatLoop.Core.Templates;

namespace ChatLoop.App.Chat;

/// <summary>How a turn is to end.</summary>
/// <param name="Template">The prepared answer; null when the model's own passed.</param>
public sealed record TurnEnd(string ConversationId, string TurnId, Template? Template, TurnModeration Moderation)
{
    /// <summary>What moderation said of the second draft; null where there is none, or nothing was said.</summary>
    public TextModeration? Alternative { get; init; }

    /// <summary>The version of the conversation that the last step left, if it is known.</summary>
    public string? Version { get; init; }

    public double ModerationMs { get; init; }

    public double GenerationMs { get; init; }
}
