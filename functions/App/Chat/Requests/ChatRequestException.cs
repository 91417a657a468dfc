namespace ChatLoop.App.Chat.Requests;

/// <summary>A request that is refused: the message says what is wrong with it, and what to do.</summary>
internal sealed class ChatRequestException(int status, string code, string message) : Exception(message)
{
    public int Status { get; } = status;

    public string Code { get; } = code;
}
