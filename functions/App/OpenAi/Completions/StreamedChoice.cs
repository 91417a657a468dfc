using ChatLoop.Core.Conversations;

namespace ChatLoop.App.OpenAi.Completions;

/// <summary>
/// One answer of a stream. OpenAI's chunks can take nothing back: what takes the place of a text that is out already comes after it,
/// a paragraph apart, and the finish reason says that it is a template.
/// </summary>
internal sealed class StreamedChoice(int index, ChunkWriter chunks)
{
    private const string Apart = "\n\n";

    private string _standing = "";
    private bool _sent;

    /// <summary>Set by the last part.</summary>
    public Reply? Reply { get; private set; }

    /// <exception cref="OpenAiException">The turn failed.</exception>
    public async Task WriteAsync(AnswerPart part)
    {
        if (part.Answered is { } turn)
        {
            var reply = turn.Reply!;
            CompletionViews.ThrowIfFailed(reply);
            if (!reply.Text.StartsWith(_standing, StringComparison.Ordinal))
                _standing = "";
            await SendAsync(reply.Text[_standing.Length..]);
            Reply = reply;
        }
        else if (part.Replaces)
        {
            // Its text comes with the end, when it is known whether the turn failed.
            _standing = "";
        }
        else
        {
            await SendAsync(part.Text);
        }
    }

    private async Task SendAsync(string text)
    {
        if (text.Length == 0)
            return;
        await chunks.TextAsync(index, _sent && _standing.Length == 0 ? Apart + text : text);
        _standing += text;
        _sent = true;
    }
}
