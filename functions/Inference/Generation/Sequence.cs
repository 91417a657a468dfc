using System.Text;
using System.Threading.Channels;

namespace ChatLoop.Inference.Generation;

/// <summary>One request on its way through the engine: the engine's thread writes it, its caller reads the pieces.</summary>
internal sealed class Sequence(AnswerGeneration answer, bool streamed)
{
    private readonly Channel<string> _pieces = Channel.CreateUnbounded<string>(new UnboundedChannelOptions { SingleReader = true, SingleWriter = true });
    private readonly StringBuilder _whole = new();
    private volatile bool _isLeft;

    public AnswerGeneration Answer => answer;

    public int[] Prompt => answer.Request.Prompt;

    /// <summary>How many of the prompt's tokens the model has read.</summary>
    public int Read { get; set; }

    public long SubmittedAt { get; set; }

    public long StartedAt { get; set; }

    public long LastTokenAt { get; set; }

    /// <summary>Nobody waits for it any more.</summary>
    public bool IsLeft => _isLeft;

    /// <summary>It has its answer, or has failed.</summary>
    public bool HasEnded { get; private set; }

    public bool HasFailed { get; private set; }

    /// <summary>The answer's text as it is written, or at its end in one piece; the failure where there was one.</summary>
    public ChannelReader<string> Pieces => _pieces.Reader;

    public void Take(ReadOnlySpan<float> logits)
    {
        var text = answer.Step(logits);
        HasEnded = answer.Stopped is not null;
        if (!streamed)
        {
            _whole.Append(text);
            text = HasEnded ? _whole.ToString() : "";
        }

        if (text.Length > 0) _pieces.Writer.TryWrite(text);
        if (HasEnded) _pieces.Writer.Complete();
    }

    public void Fail(Exception reason)
    {
        HasEnded = HasFailed = true;
        _pieces.Writer.TryComplete(reason);
    }

    public void Leave() => _isLeft = true;
}
