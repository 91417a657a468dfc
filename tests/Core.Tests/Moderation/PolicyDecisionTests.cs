using ChatLoop.Core.Moderation;

namespace ChatLoop.Core.Tests.Moderation;

public sealed class PolicyDecisionTests
{
    private static readonly ModerationPolicy Policy = ModerationPolicy.Empty with
    {
        Thresholds = new Dictionary<ModerationDirection, IReadOnlyDictionary<string, CategoryRule>>
        {
            [ModerationDirection.Question] = new Dictionary<string, CategoryRule>
            {
                ["hate"] = new(0.5, ModerationAction.Template, "our-rules"),
                ["violence"] = new(null, ModerationAction.Flag),
                ["sexual"] = new(null, ModerationAction.Mask),
                ["illicit"] = new(null, ModerationAction.Off),
                ["jailbreak"] = new(0.8, ModerationAction.Flag),
            },
        },
    };

    [Fact]
    public void Each_category_goes_where_its_rule_says_and_is_blocked_without_one()
    {
        var decision = Policy.Decide(Verdict("violence", "harassment", "sexual", "hate", "illicit"), ModerationDirection.Question);

        Assert.True(decision.Blocks);
        Assert.Equal(["harassment", "hate"], decision.Blocked);
        Assert.Equal(["sexual"], decision.Masked);
        Assert.Equal(["violence"], decision.Review);
        Assert.Null(decision.Template);
        Assert.Equal(["harassment", "hate", "sexual"], decision.WithoutMasking().Blocked);
    }

    [Fact]
    public void The_surest_blocked_category_names_the_template() =>
        Assert.Equal("our-rules", Policy.Decide(Verdict("violence", "hate", "harassment"), ModerationDirection.Question).Template);

    [Fact]
    public void Rules_hold_for_their_direction_alone()
    {
        var decision = Policy.Decide(Verdict("violence", "illicit"), ModerationDirection.Answer);

        Assert.Equal((true, 2, 0), (decision.Blocks, decision.Blocked.Count, decision.Review.Count));
    }

    [Theory]
    [InlineData(0.79, false)]
    [InlineData(0.8, true)]
    public void A_signal_counts_from_the_policys_threshold(double score, bool counts)
    {
        var verdict = new ModerationVerdict(false, [], new Dictionary<string, double> { [ModerationSignal.Jailbreak] = score }, [], "test");

        Assert.Equal(counts, Policy.Decide(verdict, ModerationDirection.Question).Review.Contains("jailbreak"));
        Assert.Empty(Policy.Decide(verdict, ModerationDirection.Answer).Review);
    }

    [Fact]
    public void What_is_flagged_without_a_reason_is_blocked() => Assert.True(Policy.Decide(new ModerationVerdict(true, [], new Dictionary<string, double>(), [], "test"), ModerationDirection.Question).Blocks);

    private static ModerationVerdict Verdict(params string[] categories) => new(true, categories, new Dictionary<string, double>(), [], "test");
}
