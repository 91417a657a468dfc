using ChatLoop.Training.Evaluation.Answers;

namespace ChatLoop.Training.Tests.Evaluation.Answers;

public sealed class RougeLTests
{
    [Theory]
    [InlineData("police kill the gunman", "police killed the gunman", 0.75)] // Lin 2004, §3.1, S2
    [InlineData("the gunman kill police", "police killed the gunman", 0.5)] // S3
    [InlineData("the gunman police killed", "police killed the gunman", 0.5)] // S4
    [InlineData("The quick brown dog jumps on the log.", "The quick brown fox jumps over the lazy dog", 10.0 / 17)] // rouge_score's README: P 0.625, R 0.5556, F 0.5882
    [InlineData("don't", "don t", 1)] // runs of letters and digits
    [InlineData("?!", "yes", 0)]
    public void It_is_the_published_one(string answer, string reference, double score) => Assert.Equal(score, RougeL.Of(answer, [reference]), 1e-12);

    [Fact]
    public void Of_several_references_the_best_counts() => Assert.Equal(1, RougeL.Of("golden hair", ["hair of gold", "Golden hair."]));
}
