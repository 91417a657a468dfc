namespace ChatLoop.EndToEnd.Tests.Loop;

/// <summary>A turn that can be judged, and who may.</summary>
internal sealed record AnsweredTurn(string UserId, string ConversationId, string TurnId);
