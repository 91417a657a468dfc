using ChatLoop.Inference.Sampling;
using ChatLoop.Inference.Tokenization;

namespace ChatLoop.Inference.Generation;

/// <summary>One answer in the making. Not thread-safe; its decoder goes back to the model when it is disposed of.</summary>
internal sealed class AnswerGeneration : IDisposable
{
    private readonly LanguageModel _model;
    private readonly TextTokenizer _tokenizer;
    private readonly GenerationRequest _request;
    private readonly IDecoder _decoder;
    private readonly Sampler _sampler;
    private readonly Utf8Assembler _text = new();
    private readonly StopStrings _stops;
    private readonly List<int> _tokens = [];
    private readonly int[] _last = new int[1];
    private bool _started;

    public AnswerGeneration(LanguageModel model, TextTokenizer tokenizer, GenerationRequest request)
    {
        (_model, _tokenizer, _request) = (model, tokenizer, request);
        _sampler = new Sampler(request.Sampling, model.Vocabulary, request.Prompt);
        _stops = new StopStrings(request.StopStrings);
        _decoder = model.Rent();
    }

    /// <summary>The answer's tokens so far, without the one that ended it.</summary>
    public IReadOnlyList<int> Tokens => _tokens;

    /// <summary>Why it ended; null while it has not.</summary>
    public StopReason? Stopped { get; private set; }

    /// <summary>One token further: gives the text that has become certain, which may be empty.</summary>
    public string Step(CancellationToken cancellationToken)
    {
        if (Stopped is not null) throw new InvalidOperationException("The answer has ended.");
        cancellationToken.ThrowIfCancellationRequested();
        var logits = _started ? _decoder.Read(_last, cancellationToken) : _decoder.Read(_request.Prompt, cancellationToken);
        _started = true;
        var id = _sampler.Next(logits);
        if (_request.StopIds.Contains(id)) return End(StopReason.EndOfAnswer);

        _tokens.Add(id);
        _last[0] = id;
        var text = _stops.Append(_text.Append(_tokenizer.BytesOf(id)));
        if (_stops.Found)
        {
            Stopped = StopReason.StopString;
            return text;
        }

        return _tokens.Count < _request.MaxTokens ? text : text + End(StopReason.Length);
    }

    public void Dispose() => _model.Return(_decoder);

    // What was waiting for a character's last byte, or for the rest of a stop string.
    private string End(StopReason reason)
    {
        var text = _stops.Append(_text.Finish());
        Stopped = _stops.Found ? StopReason.StopString : reason;
        return text + _stops.Finish();
    }
}
