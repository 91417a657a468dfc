using ChatLoop.Core.Moderation;

namespace ChatLoop.App.Tests.Moderation;

public sealed class PolicyTests
{
    [Fact]
    public void The_shipped_policy_loads()
    {
        var policy = ModerationPolicy.Load(Path.Combine(AppContext.BaseDirectory, "Moderation", "policy.json"));

        Assert.NotEmpty(policy.Blocklist);
        Assert.NotNull(policy.Threshold(ModerationCategory.SelfHarm, ModerationDirection.Question));
    }
}
