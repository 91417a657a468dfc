using ChatLoop.App.Labeling;

namespace ChatLoop.App.Tests.Labeling;

public sealed class AnswerOrderTests
{
    [Fact]
    public void What_is_given_in_the_order_shown_is_stored_in_the_order_stored()
    {
        string[] answers = ["a", "b", "c", "d", "e"];
        foreach (var labeler in Enumerable.Range(0, 50).Select(n => $"labeler-{n}"))
        {
            var order = AnswerOrder.Of("t", labeler, answers.Length);

            Assert.Equal(answers, order.Store(order.Show(answers)));
        }
    }

    [Fact]
    public void Labelers_see_other_orders_and_each_sees_the_same_again()
    {
        int[] answers = [0, 1, 2, 3];
        IReadOnlyList<int>[] shown = [.. Enumerable.Range(0, 100).Select(n => AnswerOrder.Of("t", $"labeler-{n}", 4).Show(answers))];

        Assert.Equal(shown[0], AnswerOrder.Of("t", "labeler-0", 4).Show(answers));
        // Each answer stands first for about a quarter of the labelers: at four standard deviations, 8 to 42 of 100.
        Assert.All(answers, answer => Assert.InRange(shown.Count(order => order[0] == answer), 8, 42));
    }

    [Fact]
    public void A_wrong_number_of_ranks_is_left_for_the_checks()
    {
        Assert.Equal([1, 2], AnswerOrder.Of("t", "ann", 3).Store<int>([1, 2])!);
        Assert.Null(AnswerOrder.Of("t", "ann", 3).Store<int>(null));
    }
}
