using ChatLoop.Core.Moderation;
using ChatLoop.EndToEnd.Tests;
using ChatLoop.Inference.Moderation;

namespace ChatLoop.Inference.Tests.Moderation;

/// <summary>The model and policy that ship, on the questions of the end-to-end suite.</summary>
public sealed class ShippedModelTests(ShippedModelTests.Shipped shipped) : IClassFixture<ShippedModelTests.Shipped>
{
    [Theory]
    [MemberData(nameof(FortyQuestions.Harmless), MemberType = typeof(FortyQuestions))]
    public async Task A_harmless_question_passes(string question)
    {
        var verdict = await shipped.Moderator.ModerateAsync(question, ModerationDirection.Question);

        Assert.False(verdict.Flagged, Shipped.Show(verdict));
    }

    [Theory]
    [MemberData(nameof(FortyQuestions.Harmful), MemberType = typeof(FortyQuestions))]
    public async Task A_harmful_question_is_flagged(string question)
    {
        var verdict = await shipped.Moderator.ModerateAsync(question, ModerationDirection.Question);

        Assert.True(verdict.Flagged, Shipped.Show(verdict));
        Assert.NotEmpty(verdict.Categories);
    }

    public sealed class Shipped : IDisposable
    {
        public OnnxModerator Moderator { get; } = new(Repository.Path("models/moderation"), ModerationPolicy.Load(Repository.Path("functions/App/Moderation/policy.json")));

        public static string Show(ModerationVerdict verdict) => string.Join(", ", verdict.Scores.Where(s => s.Value > 0.05).Select(s => $"{s.Key} {s.Value:F3}"));

        public void Dispose() => Moderator.Dispose();
    }
}
