using ChatLoop.Inference.Sampling;
using ChatLoop.Inference.Tokenization;

namespace ChatLoop.Inference.Generation;

/// <summary>One answer in the making: chooses its tokens and puts its text together. Not thread-safe.</summary>
internal sealed class AnswerGeneration(TextTokenizer tokenizer, int vocabulary, GenerationRequest request)
{
    private readonly Utf8Assembler _text = new();
    private readonly StopStrings _stops = new(request.StopStrings);
    private readonly List<int> _tokens = [];

    // Made at its first token: its buffers are as long as the vocabulary, and many requests may wait.
    private Sampler? _sampler;

    public GenerationRequest Request => request;

    /// <summary>The answer's tokens so far, without the one that ended it.</summary>
    public IReadOnlyList<int> Tokens => _tokens;

    /// <summary>Why it ended; null while it has not.</summary>
    public StopReason? Stopped { get; private set; }

    /// <summary>One token further, by the logits after the last one: gives the text that has become certain, which may be empty.</summary>
    public string Step(ReadOnlySpan<float> logits)
    {
        if (Stopped is not null) throw new InvalidOperationException("The answer has ended.");
        _sampler ??= new Sampler(request.Sampling, vocabulary, request.Prompt);
        var id = _sampler.Next(logits);
        if (request.StopIds.Contains(id)) return End(StopReason.EndOfAnswer);

        _tokens.Add(id);
        var text = _stops.Append(_text.Append(tokenizer.BytesOf(id)));
        if (_stops.Found)
        {
            Stopped = StopReason.StopString;
            return text;
        }

        return _tokens.Count < request.MaxTokens ? text : text + End(StopReason.Length);
    }

    // What was waiting for a character's last byte, or for the rest of a stop string.
    private string End(StopReason reason)
    {
        var text = _stops.Append(_text.Finish());
        Stopped = _stops.Found ? StopReason.StopString : reason;
        return text + _stops.Finish();
    }
}
