using ChatLoop.Training.ReinforcementLearning;
using ChatLoop.Training.ReinforcementLearning.Rollouts;
using static TorchSharp.torch;

namespace ChatLoop.Training.Evaluation.WinRates;

/// <summary>
/// Asks a scorer which of two answers is better. It is not told whose they are, and a coin decides which comes first. The two answers to a
/// question are scored in one pass, so that equal answers get equal scores to the last bit.
/// </summary>
internal sealed class BlindJudge(IScorer judge, int seed, Device device)
{
    private const int QuestionsAtOnce = 8;

    /// <summary>For each question 1 where ours scores higher, 0 where theirs does, ½ where they score the same.</summary>
    public IReadOnlyList<double> Compare(IReadOnlyList<Question> questions, IReadOnlyList<Answer> ours, IReadOnlyList<Answer> theirs)
    {
        using var noGrad = no_grad();
        var coin = new Random(seed);
        var outcomes = new List<double>();
        foreach (var batch in Enumerable.Range(0, questions.Count).Chunk(QuestionsAtOnce))
        {
            using var scope = NewDisposeScope();
            var oursFirst = batch.Select(_ => coin.Next(2) == 0).ToArray();
            var shown = Sequences.Of([.. batch.Zip(oursFirst).SelectMany(b => Shown(b.First, b.Second))], device);
            var scores = judge.Score(shown.Ids, shown.Lengths).cpu().data<float>().ToArray();
            for (var i = 0; i < batch.Length; i++)
            {
                var first = scores[2 * i] > scores[2 * i + 1] ? 1 : scores[2 * i] < scores[2 * i + 1] ? 0 : 0.5;
                outcomes.Add(oursFirst[i] ? first : 1 - first);
            }
        }

        return outcomes;

        IEnumerable<(IReadOnlyList<int> Question, IReadOnlyList<int> Answer)> Shown(int question, bool oursFirst)
        {
            var (first, second) = oursFirst ? (ours, theirs) : (theirs, ours);
            return [(questions[question].Ids, first[question].Ids), (questions[question].Ids, second[question].Ids)];
        }
    }
}
