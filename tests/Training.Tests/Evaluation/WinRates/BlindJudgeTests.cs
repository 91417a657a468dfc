using ChatLoop.Training.Evaluation.WinRates;
using ChatLoop.Training.ReinforcementLearning;
using ChatLoop.Training.ReinforcementLearning.Rollouts;
using ChatLoop.Training.Tests.ReinforcementLearning;
using static TorchSharp.torch;

namespace ChatLoop.Training.Tests.Evaluation.WinRates;

public sealed class BlindJudgeTests
{
    private static readonly Question[] Questions = [.. TinyPolicy.Questions.Concat(TinyPolicy.Questions).Concat(TinyPolicy.Questions)];

    private static readonly Answer Good = Of(TinyPolicy.Liked, TinyPolicy.Liked, 2);
    private static readonly Answer Bad = Of(8, 2);

    [Fact]
    public void The_better_answer_wins_the_same_answer_ties_and_sides_may_be_changed()
    {
        var judge = new BlindJudge(RuleScorer.Likes(TinyPolicy.Liked), seed: 1, CPU);
        var (ours, theirs) = (Mixed(Good, Bad, Good), Mixed(Bad, Good, Good));
        var outcomes = judge.Compare(Questions, ours, theirs);
        Assert.Equal(Questions.Select((_, i) => (i % 3) switch { 0 => 1, 1 => 0, _ => 0.5 }), outcomes);
        Assert.Equal(outcomes.Select(o => 1 - o), judge.Compare(Questions, theirs, ours));
    }

    [Fact]
    public void A_judge_that_only_likes_what_comes_first_favours_nobody()
    {
        var wins = new BlindJudge(new FirstScorer(), seed: 1, CPU).Compare(Questions, Mixed(Good), Mixed(Bad)).Average();
        Assert.InRange(wins, 0.3, 0.7);
    }

    [Fact]
    public void Length_is_told_beside_the_judgement()
    {
        // Won short, won long, lost long, tied with lengths alike.
        Answer[] ours = [Of(7, 2), Of(7, 7, 2), Of(7, 7, 2), Of(7, 2)];
        Answer[] theirs = [Of(8, 8, 2), Of(8, 2), Of(8, 2), Of(8, 2)];
        var figures = WinRateFigures.Of("sft", [1, 1, 0, 0.5], ours, theirs).ToArray();
        Assert.Equal(["wins by the judge", "wins if longer won", "judge likes the longer"], figures.Select(f => f.Metric));
        Assert.Equal([2.5 / 4, 2.5 / 4, 1.0 / 3], figures.Select(f => f.Value));
        Assert.Equal([4, 4, 3], figures.Select(f => f.Count));
        Assert.All(figures, f => Assert.Equal("against sft", f.Part));
    }

    [Fact]
    public void Questions_that_chose_a_checkpoint_are_asked_only_where_others_do_not_suffice()
    {
        using var eval = new TinyEval();
        eval.Write("ppo", Path.Combine(eval.Run.Folder.Ppo, "best"), seed: 5);
        const string Ppo = """, "ppo": { "evaluationPrompts": 1 } """;
        var all = WinRateQuestions.Read(eval.Setting(more: Ppo), longest: 100); // four questions in the validation split
        var fewer = WinRateQuestions.Read(eval.Setting(""", "winRateQuestions": 3 """, Ppo), longest: 100);
        Assert.Equal((4, 1), (all.Items.Count, all.UsedToChoose));
        Assert.Equal("ab", all.Items[^1].Text); // the first of the split
        Assert.Equal((3, 0), (fewer.Items.Count, fewer.UsedToChoose));
        Assert.DoesNotContain("ab", fewer.Items.Select(q => q.Text));
    }

    private static Answer Of(params int[] ids) => new(ids, new double[ids.Length], Ended: true);

    private static Answer[] Mixed(params Answer[] answers) => [.. Questions.Select((_, i) => answers[i % answers.Length])];

    /// <summary>Rows come in pairs; the first of each scores higher.</summary>
    private sealed class FirstScorer : IScorer
    {
        public Tensor Score(Tensor ids, Tensor lengths) => tensor(Enumerable.Range(0, (int)ids.shape[0]).Select(i => i % 2 == 0 ? 1f : 0f).ToArray());
    }
}
