using ChatLoop.Training.Evaluation.Answers;

namespace ChatLoop.Training.Tests.Evaluation.Answers;

/// <summary>Numbers worked out by the rules of SQuAD's evaluate-v2.0.py.</summary>
public sealed class SquadScoreTests
{
    [Theory]
    [InlineData("The Eiffel Tower!", "eiffel tower", 1, 1)]
    [InlineData("in the 10th century", "10th and 11th centuries", 0, 2.0 / 7)] // in, 10th, century against four words, one in common: P 1/3, R 1/4
    [InlineData("Denver Broncos", "The Denver Broncos won", 0, 0.8)] // P 1, R 2/3
    [InlineData("no no no", "no", 0, 0.5)] // a word counts as often as the other has it
    [InlineData("state-of-the-art", "stateoftheart", 1, 1)] // punctuation goes first, and leaves no space
    [InlineData("a theatre", "theatre", 1, 1)]
    [InlineData("", "the", 1, 1)] // nothing left of either
    [InlineData("", "cat", 0, 0)]
    [InlineData("“Paris”", "Paris", 0, 0)] // only ASCII punctuation goes, as upstream
    public void Exact_match_and_F1_are_the_official_ones(string answer, string reference, double exact, double f1)
    {
        Assert.Equal(exact, SquadScore.ExactMatch(answer, [reference]));
        Assert.Equal(f1, SquadScore.F1(answer, [reference]), 1e-12);
    }

    [Fact]
    public void Of_several_right_answers_the_best_counts()
    {
        Assert.Equal(1, SquadScore.ExactMatch("She was so beautiful.", ["too beautiful", "she was so beautiful"]));
        Assert.Equal(0.4, SquadScore.F1("red hair", ["blue eyes", "her hair was red once or twice today"]), 1e-12); // 2 · 2 / (2 + 8)
    }
}
