using System.Text.Json.Serialization;
using ChatLoop.Core.Conversations;
using ChatLoop.Core.Templates;

namespace ChatLoop.App.Chat;

/// <summary>What one step of a turn came to.</summary>
/// <param name="Milliseconds">Spent in the model.</param>
public sealed record StepResult(double Milliseconds)
{
    /// <summary>Why a template must answer; null when the next step may follow.</summary>
    public TemplateKind? Refusal { get; init; }

    /// <summary>The template that the policy names for the refusal; null for the category's own.</summary>
    public string? Template { get; init; }

    /// <summary>The verdict, where the step moderated.</summary>
    public TextModeration? Moderation { get; init; }

    /// <summary>The version of the conversation that the step left; null where the next one must read what is stored.</summary>
    public string? Version { get; init; }

    [JsonIgnore]
    public bool Passed => Refusal is null;
}
