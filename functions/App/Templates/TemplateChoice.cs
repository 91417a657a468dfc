using ChatLoop.Core.Templates;

namespace ChatLoop.App.Templates;

/// <summary>Asks for the template that is to answer a turn.</summary>
/// <param name="Categories">The template that the policy names, where it names one, then what moderation flagged, the most certain first.</param>
public sealed record TemplateChoice(string ConversationId, string TurnId, TemplateKind Kind, IReadOnlyList<string> Categories);
