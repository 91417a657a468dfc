using ChatLoop.Core.Labeling.Agreement;

namespace ChatLoop.Core.Tests.Labeling.Agreement;

public sealed class KendallTauTests
{
    /// <summary>The two rankings with ties in chapter 3 of Kendall 1970: S = 33, tau-b = 33 / √(41 · 36) = 0.859.</summary>
    [Fact]
    public void Tau_of_Kendall_s_rankings_with_ties_is_as_published()
    {
        var tau = KendallTau.Of([1, 2.5, 2.5, 4.5, 4.5, 6.5, 6.5, 8, 9.5, 9.5], [1, 2, 4.5, 4.5, 4.5, 4.5, 8, 8, 8, 10]);

        Assert.Equal(33, tau.Score);
        Assert.Equal(0.859, tau.TauB!.Value, 3);
    }

    [Fact]
    public void Variance_without_ties_is_n_n_minus_1_2n_plus_5_over_18() =>
        Assert.Equal(10 * 9 * 25 / 18.0, KendallTau.Of([7, 4, 3, 10, 6, 2, 9, 8, 1, 5], [5, 7, 3, 10, 1, 9, 6, 2, 8, 4]).Variance, 12);

    /// <summary>The example in SciPy's documentation of kendalltau: tau-b -0.4714, two-sided p 0.2827 by the normal approximation.</summary>
    [Fact]
    public void Tau_with_ties_and_its_variance_are_those_of_SciPy()
    {
        var tau = KendallTau.Of([12, 2, 1, 12, 2], [1, 4, 7, 1, 0]);

        Assert.Equal(-0.47140452079103173, tau.TauB!.Value, 12);
        // 1.0743 is the normal quantile of a two-sided 0.28274546.
        Assert.Equal(1.0743, Math.Abs(tau.Score) / Math.Sqrt(tau.Variance), 3);
    }

    [Fact]
    public void Tau_is_undefined_where_one_side_ties_everything() => Assert.Null(KendallTau.Of([1, 1, 1], [1, 2, 3]).TauB);

    [Fact]
    public void Of_unequal_lengths_is_an_error() => Assert.Throws<ArgumentException>(() => KendallTau.Of([1, 2], [1, 2, 3]));
}
