using ChatLoop.Training.Cli;
using ChatLoop.Training.Data;
using ChatLoop.Training.Drafts;
using ChatLoop.Training.Rewards;
using ChatLoop.Training.Tests.Export;

namespace ChatLoop.Training.Tests.Drafts;

public sealed class DraftsStageTests(TrainedTinyRun trained) : IClassFixture<TrainedTinyRun>
{
    private const string Section = """, "drafts": { "perSet": 12, "count": 3, "temperature": 2, "promptLength": 20, "answerLength": 16, "threads": 2 }, "reward": { "syntheticQuestions": 20, "drafts": true }""";

    private StageContext Context(string more = Section) => trained.Run.Context(TinyRun.Pretrain() + ", " + TrainedTinyRun.Sft + more);

    [Fact]
    public async Task The_given_answer_is_ranked_above_every_draft_and_reward_models_read_them()
    {
        await new DraftsStage().RunAsync(Context(), CancellationToken.None);
        var (_, drafted) = ComparisonReader.Read("reward", Context()).Single(s => s.Set == "test, drafts");
        Assert.InRange(drafted.Count, 1, 12);
        Assert.All(drafted, c =>
        {
            Assert.Equal(c.Answers.Count - 1, c.Pairs.Count);
            Assert.All(c.Pairs, p => Assert.Equal("yes", c.Answers[p.Better].Text));
            Assert.All(c.Pairs, p => Assert.NotEqual("yes", c.Answers[p.Worse].Text));
            Assert.Equal(c.Answers.Count, c.Answers.Select(a => a.Text).Distinct().Count());
        });
        Assert.True(drafted.Select(c => c.Answers.ToList().FindIndex(a => a.Text == "yes")).Distinct().Count() > 1, "the given answer must not always stand in one place");
    }

    [Fact]
    public async Task The_same_seed_drafts_the_same_on_any_number_of_threads()
    {
        var file = Path.Combine(trained.Run.Folder.Drafts, "test.jsonl");
        await new DraftsStage().RunAsync(Context(), CancellationToken.None);
        var first = await File.ReadAllTextAsync(file);
        await new DraftsStage().RunAsync(Context(Section.Replace("\"threads\": 2", "\"threads\": 1", StringComparison.Ordinal)), CancellationToken.None);
        Assert.Equal(first, await File.ReadAllTextAsync(file));
    }

    [Fact]
    public async Task Long_questions_and_answers_are_left_out_and_lengths_that_do_not_fit_the_model_refused()
    {
        await new DraftsStage().RunAsync(Context(Section.Replace("\"promptLength\": 20", "\"promptLength\": 4", StringComparison.Ordinal)), CancellationToken.None);
        Assert.Empty(await File.ReadAllLinesAsync(Path.Combine(trained.Run.Folder.Drafts, "test.jsonl")));
        var error = await Assert.ThrowsAsync<StageException>(() => new DraftsStage().RunAsync(Context(Section.Replace("\"promptLength\": 20", "\"promptLength\": 60", StringComparison.Ordinal)), CancellationToken.None));
        Assert.Contains("maxPositions", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Reward_models_that_want_drafts_say_which_stage_makes_them()
    {
        using var run = new TinyRun();
        var error = Assert.Throws<StageException>(() => ComparisonReader.Read("reward", run.Context(Section.TrimStart(',', ' '))).ToList());
        Assert.Contains("run the stage `drafts` first", error.Message, StringComparison.Ordinal);
    }
}
