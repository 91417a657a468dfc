using ChatLoop.App.Chat;

namespace ChatLoop.App.Moderation;

/// <summary>A text as it may go on, without the sentences that the policy takes out, and what was found.</summary>
internal sealed record ScreenedText(string Text, StepResult Result);
