using ChatLoop.Core.Chat;
using ChatLoop.Training.Data;

namespace ChatLoop.Training.Evaluation.Likelihood;

/// <summary>
/// LAMBADA (Paperno et al. 2016, arXiv:1606.06031, in OpenAI's form): the last word of a passage, which takes the whole of it to guess. Plain
/// text for every model, as lm-evaluation-harness has it.
/// </summary>
internal sealed class LastWord(EvalSetting setting) : IModelTest
{
    private const string Set = "eval-lambada";
    private const string PassageFile = "lambada_test.jsonl.gz";

    public string Name => "lambada";

    public string? Missing => setting.MissingFile(Set, PassageFile);

    public IReadOnlyList<Figure> Run(EvaluatedModel model, CancellationToken cancellationToken)
    {
        string[] passages = [.. JsonLines.Read(setting.FileOf(Set, PassageFile)!).Select(r => r.Text("text").Trim()).Where(t => t.Contains(' ', StringComparison.Ordinal))];
        Continuation[] texts = [.. Spread.Over(passages, setting.Options.Limit).Select(p => Split(p, setting))];
        return Figures(Name, setting.Score(Name, model, texts, cancellationToken));
    }

    /// <summary>All but the last word, and that word with the space before it.</summary>
    public static Continuation Split(string passage, EvalSetting setting)
    {
        var at = passage.LastIndexOf(' ');
        return new Continuation([SpecialTokens.BeginId, .. setting.Encode(passage[..at])], setting.Encode(passage[at..]));
    }

    /// <summary>Accuracy: the word is what greedy decoding writes. Perplexity: e to the mean of −ln p of a word, all of its tokens together.</summary>
    public static IReadOnlyList<Figure> Figures(string test, IReadOnlyCollection<ScoredContinuation> scores)
    {
        var nats = Figure.Mean(test, "last word", "perplexity", [.. scores.Select(s => -s.LogProbability)]);
        var perplexity = Math.Exp(nats.Value);
        return
        [
            Figure.Share(test, "last word", "accuracy", scores.Count(s => s.IsGreedy), scores.Count),
            // The delta method for the error; the interval is that of the mean, raised.
            nats with { Value = perplexity, StandardError = perplexity * nats.StandardError, Low = nats.Low is { } low ? Math.Exp(low) : null, High = nats.High is { } high ? Math.Exp(high) : null },
        ];
    }
}
