using ChatLoop.App.Chat.Requests;

namespace ChatLoop.App.OpenAi.Completions;

/// <summary>A request for chat completions, checked.</summary>
/// <param name="Question">The last messages of the user with what was said before, and how to answer.</param>
/// <param name="Choices">How many answers (`n`).</param>
/// <param name="Characters">In all messages: what the prompt's tokens are guessed from.</param>
internal sealed record CompletionRequest(string Model, ChatRequest Question, int Choices, int Characters)
{
    public bool Stream { get; init; }

    /// <summary>Whether a stream is to end with what it took.</summary>
    public bool IncludeUsage { get; init; }
}
