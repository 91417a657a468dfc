using ChatLoop.Training.Evaluation.Answers;
using ChatLoop.Training.Evaluation.WinRates;

namespace ChatLoop.Training.Tests.Evaluation.Answers;

public sealed class OpenQuestionsTests
{
    [Fact]
    public void Fairy_tales_come_with_their_passages_and_only_those_that_no_stage_reads()
    {
        using var eval = new TinyEval()
            .With("sft-fairytaleqa", "stories.jsonl.gz", new { story = "s", split = "test", sections = new[] { "First\npart.", "Second part.", "Third part." } })
            .With("sft-fairytaleqa", "questions.jsonl.gz",
                new { story = "s", split = "test", sections = "1, 3", question = "Who?", answers = new[] { "the cat", "a cat" } },
                new { story = "s", split = "train", sections = "2", question = "Why?", answers = new[] { "so" } });
        var question = Assert.Single(OpenQuestions.Read(eval.Setting()), q => q.Set == "sft-fairytaleqa");
        Assert.Equal("First part.\nThird part.\nWho?", question.Text);
        Assert.Equal(["the cat", "a cat"], question.References);
    }

    [Fact]
    public void Questions_whose_right_answer_the_reward_model_and_dpo_are_taught_are_left_out()
    {
        using var eval = new TinyEval().With("sft-opentriviaqa", "opentriviaqa.jsonl.gz", new { question = "q" });
        File.WriteAllLines(Path.Combine(eval.Run.Folder.Data, "sft-val.jsonl"), Enumerable.Range(0, 200).Select(i =>
            $$"""{"source":"sft-opentriviaqa","messages":[{"role":"user","content":"Question {{i}}?"},{"role":"assistant","content":"yes"}]}"""));
        const string Reward = """, "reward": { "valShare": 0.2, "questionsTo": 0.5 } """;
        Assert.Equal(200, OpenQuestions.Read(eval.Setting()).Count());
        var left = OpenQuestions.Read(eval.Setting(more: Reward)).Select(q => q.Text).ToHashSet();
        Assert.InRange(left.Count, 100, 140); // 0.2 + 0.8 · 0.5
        Assert.True(left.SetEquals(WinRateQuestions.Read(eval.Setting(more: Reward), longest: 100).Items.Select(q => q.Text)));
    }

    [Fact]
    public void A_table_row_is_the_mean_over_the_questions_of_a_set()
    {
        var figures = QuestionAnswering.Figures("answers", "s", [(new OpenQuestion("s", "q", ["a red cow"]), "Red cow."), (new OpenQuestion("s", "q", ["blue"]), "green")]);
        Assert.Equal([("exact match", 0.5), ("F1", 0.5), ("ROUGE-L", 0.4)], figures.Select(f => (f.Metric, f.Value))); // red cow of three words: 2 · 2 / (2 + 3)
        Assert.All(figures, f => Assert.InRange(f.Low!.Value, 0, 1));
    }
}
