namespace ChatLoop.App.OpenAi.Moderations;

/// <summary>What moderation said of a request's messages and of its answers.</summary>
internal sealed record CompletionModeration(ModerationResults Input, ModerationResults Output);
