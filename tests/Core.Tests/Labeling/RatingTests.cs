using ChatLoop.Core.Labeling;

namespace ChatLoop.Core.Tests.Labeling;

public sealed class RatingTests
{
    [Fact]
    public void Mistakes_of_a_rating_within_one_to_seven_are_none() => Assert.Empty(new Rating(1, 4, 7).Mistakes());

    [Fact]
    public void Mistakes_names_each_value_out_of_range() =>
        Assert.Equal(["The rating helpful is 0; it goes from 1 to 7.", "The rating harmless is 8; it goes from 1 to 7."], new Rating(0, 4, 8).Mistakes());
}
