using ChatLoop.Training.Data;
using ChatLoop.Training.Data.Ranked;
using ChatLoop.Training.Rewards;

namespace ChatLoop.Training.Tests.Data;

/// <summary>Who is asked what: questions that are held out are trained on nowhere.</summary>
public sealed class JudgedQuestionsTests : IDisposable
{
    private const string Judged = ""","persona":false,"judgedQuestions":true,"valShare":0,"heldOutQuestions":5""";

    private readonly DataFolder _folder = new();

    [Fact]
    public async Task Questions_of_held_out_users_are_held_out_and_with_too_few_of_them_so_are_more()
    {
        _folder.Write("pref-x/pairs.jsonl", [.. Enumerable.Range(0, 10).Select(i => Pair($"Number {i}?")), Pair("Theirs?")]);
        _folder.Write("eval-x/pairs.jsonl", Pair("Theirs?"), Pair("Theirs too?"));
        _folder.Write("sft-x/demonstrations.jsonl", [.. Enumerable.Range(0, 10).Select(i => Demonstration($"Show {i}!"))]);
        await _folder.ReadAsync(Judged);

        var context = _folder.Context(Judged);
        string[] train = [.. QuestionSplit.Read(context, Split.Train).Select(c => c.Messages[0].Content)];
        string[] held = [.. QuestionSplit.Read(context, Split.Val).Select(c => c.Messages[0].Content)];
        Assert.Equal(["Theirs?", "Theirs too?"], held[..2]);
        Assert.Equal((17, 5), (train.Length, held.Length));
        Assert.Empty(train.Intersect(held));

        // Fine-tuning does not learn the answers either.
        var demonstrated = _folder.Conversations("sft-x", Split.Train).Select(c => c.Messages[0].Content).ToArray();
        Assert.Empty(demonstrated.Intersect(held));
        Assert.Equal(10, demonstrated.Length + _folder.Conversations("sft-x", Split.Val).Length);

        // Nor does a reward model that holds out as many.
        Comparison[] comparisons = [.. RankedSets.Read(_folder.Set("pref-x")).Where(c => c.Key != "Theirs?"), .. JudgedFiles.HeldOut(_folder.Set("eval-x"))];
        var options = RewardSplits.WithEnoughHeldOut(new RewardOptions { ValShare = 0, MinHeldOut = 5, HeldOutLabelers = 0 }, comparisons);
        string[] taught = [.. comparisons.Where(c => RewardSplits.Of(c, options) == RewardSplit.Train).Select(c => c.Key)];
        Assert.Equal(7, taught.Length);
        Assert.Empty(taught.Intersect(held));
    }

    [Fact]
    public async Task Never_more_than_half_of_the_questions_to_train_on_are_held_out()
    {
        _folder.Write("pref-x/pairs.jsonl", Pair("One?"), Pair("Two?"), Pair("Three?"));
        await _folder.ReadAsync(Judged);
        Assert.Single(QuestionSplit.Read(_folder.Context(Judged), Split.Val));
        Assert.Equal(2, QuestionSplit.Read(_folder.Context(Judged), Split.Train).Count());
    }

    [Fact]
    public async Task Other_tests_in_the_folder_are_no_questions()
    {
        _folder.Write("pref-x/pairs.jsonl", Pair("One?"), Pair("Two?"));
        _folder.Write("eval-exam/exam.jsonl", """{ "question": "Which?", "choices": ["a", "b"] }""");
        await _folder.ReadAsync(Judged);
        Assert.Equal(2, QuestionSplit.Read(_folder.Context(Judged), Split.Train).Concat(QuestionSplit.Read(_folder.Context(Judged), Split.Val)).Count());
    }

    public void Dispose() => _folder.Dispose();

    private static string Pair(string question) => $$"""{"prompt":[{"role":"user","content":"{{question}}"}],"chosen":"Yes.","rejected":"No."}""";

    private static string Demonstration(string question) => $$"""{"messages":[{"role":"user","content":"{{question}}"},{"role":"assistant","content":"So."}]}""";
}
