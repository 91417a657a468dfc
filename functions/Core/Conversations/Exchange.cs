namespace ChatLoop.Core.Conversations;

/// <summary>One question and the answer that the model gave to it.</summary>
public sealed record Exchange(string Question, string Answer);
