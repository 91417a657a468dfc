using ChatLoop.Training.Data;
using ChatLoop.Training.Data.Ranked;

namespace ChatLoop.Training.Tests.Rewards;

public sealed class MismatchedAnswersTests
{
    private static readonly Conversation[] Conversations =
    [
        .. Enumerable.Range(0, 60).Select(i => Conversation.Of("short", $"question {i}", $"answer {i} " + new string('s', i))),
        .. Enumerable.Range(0, 60).Select(i => Conversation.Of("long", $"long question {i}", $"long answer {i} " + new string('l', 500 + i))),
    ];

    [Fact]
    public void The_own_answer_stands_above_answers_to_other_questions_of_the_set()
    {
        var made = MismatchedAnswers.Make(Conversations, 100, seed: 1).ToArray();
        Assert.Equal(["short, mismatched", "long, mismatched"], made.Select(m => m.Set));
        Assert.All(made.SelectMany(m => m.Comparisons), c =>
        {
            var number = c.Key.Split(' ')[^1];
            Assert.Equal(MismatchedAnswers.Wrong, c.Pairs.Count);
            Assert.All(c.Pairs, p =>
            {
                Assert.Contains($"answer {number} ", c.Answers[p.Better].Text, StringComparison.Ordinal);
                Assert.DoesNotContain($"answer {number} ", c.Answers[p.Worse].Text, StringComparison.Ordinal);
                Assert.Equal(c.Source.StartsWith("long", StringComparison.Ordinal), c.Answers[p.Worse].Text.StartsWith("long", StringComparison.Ordinal));
            });
        });
    }

    [Fact]
    public void Neither_length_nor_place_tells_which_answer_belongs()
    {
        var pairs = MismatchedAnswers.Make(Conversations, 100, seed: 1).SelectMany(m => m.Comparisons).SelectMany(c => c.Pairs.Select(p => (c.Answers[p.Better].Text.Length - c.Answers[p.Worse].Text.Length, p.Better < p.Worse))).ToArray();
        Assert.All(pairs, p => Assert.InRange(p.Item1, -14, 14)); // twelve places away, and a digit more or less
        Assert.InRange(pairs.Average(p => p.Item1 > 0 ? 1.0 : 0), 0.4, 0.6);
        Assert.InRange(pairs.Average(p => p.Item2 ? 1.0 : 0), 0.4, 0.6);
    }

    [Fact]
    public void A_set_is_thinned_evenly_and_one_without_other_answers_gives_none()
    {
        Assert.Equal(20, MismatchedAnswers.Make(Conversations.Take(60), 20, seed: 1).Single().Comparisons.Count);
        Conversation[] alike = [.. Enumerable.Range(0, 9).Select(i => Conversation.Of("alike", $"question {i}", "Yes."))];
        Assert.Empty(MismatchedAnswers.Make(alike, 20, seed: 1).Single().Comparisons);
    }

    [Fact]
    public void The_same_seed_makes_the_same_comparisons()
    {
        string[] first = [.. Texts(1)];
        Assert.Equal(first, Texts(1));
        Assert.NotEqual(first, Texts(2));

        static IEnumerable<string> Texts(int seed) => MismatchedAnswers.Make(Conversations, 100, seed).SelectMany(m => m.Comparisons).SelectMany(c => c.Answers).Select(a => a.Text);
    }
}
