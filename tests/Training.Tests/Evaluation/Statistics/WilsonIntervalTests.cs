using ChatLoop.Training.Evaluation;
using ChatLoop.Training.Evaluation.Statistics;

namespace ChatLoop.Training.Tests.Evaluation.Statistics;

public sealed class WilsonIntervalTests
{
    /// <summary>Newcombe 1998, "Two-sided confidence intervals for the single proportion", table I, method 3.</summary>
    [Theory]
    [InlineData(81, 263, 0.2553, 0.3662)]
    [InlineData(15, 148, 0.0624, 0.1605)]
    [InlineData(0, 20, 0.0000, 0.1611)]
    [InlineData(1, 29, 0.0061, 0.1718)]
    public void It_is_the_published_one(int right, int count, double low, double high)
    {
        var interval = WilsonInterval.Of((double)right / count, count);
        Assert.Equal(low, interval.Low, 5e-5);
        Assert.Equal(high, interval.High, 5e-5);
    }

    [Fact]
    public void A_share_has_the_binomial_standard_error_and_a_mean_that_of_its_deviation()
    {
        var share = Figure.Share("t", "p", "m", 24.5, 49); // wins and ties
        Assert.Equal(0.5, share.Value);
        Assert.Equal(0.5 / 7, share.StandardError!.Value, 1e-12);

        var mean = Figure.Mean("t", "p", "m", [1, 2, 3, 4]); // deviation √(5/3)
        Assert.Equal(2.5, mean.Value);
        Assert.Equal(0.645497, mean.StandardError!.Value, 1e-6);
        Assert.Equal(2.5 - 1.959964 * 0.645497, mean.Low!.Value, 1e-5);
        Assert.Null(Figure.Mean("t", "p", "m", [7]).StandardError);
    }
}
