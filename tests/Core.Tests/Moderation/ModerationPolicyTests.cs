using ChatLoop.Core.Moderation;

namespace ChatLoop.Core.Tests.Moderation;

public sealed class ModerationPolicyTests : IDisposable
{
    private readonly string _file = Path.GetTempFileName();

    [Fact]
    public void Load_reads_thresholds_by_direction_and_rules_and_takes_comments()
    {
        File.WriteAllText(_file, """
            { // a comment
              "thresholds": { "answer": { "self-harm": 0.25 } },
              "blocklist": [ { "name": "rude", "phrase": "oaf", "category": "harassment" }, ] }
            """);

        var policy = ModerationPolicy.Load(_file);

        Assert.Equal(0.25, policy.Threshold(ModerationCategory.SelfHarm, ModerationDirection.Answer));
        Assert.Null(policy.Threshold(ModerationCategory.SelfHarm, ModerationDirection.Question));
        Assert.Equal(new BlocklistEntry("rude", "oaf", ModerationCategory.Harassment), Assert.Single(policy.Blocklist));
    }

    [Theory]
    [InlineData("""{ "thresholds": { "question": { "rudeness": 0.5 } } }""", "'rudeness'")]
    [InlineData("""{ "thresholds": { "question": { "hate": 0 } } }""", "'hate'")]
    [InlineData("""{ "thresholds": { "question": { "hate": 2.5 } } }""", "2.5")]
    [InlineData("""{ "thresholds": { "question": null } }""", "null")]
    [InlineData("""{ "thresholds": { "sideways": {} } }""", "no moderation policy")]
    [InlineData("""{ "blocklist": [ { "name": "a", "phrase": "b", "category": "rude" } ] }""", "'rude'")]
    [InlineData("""{ "blocklist": [ { "name": "a", "phrase": "b" } ] }""", "'a'")]
    [InlineData("""{ "blocklist": [ { "name": "a", "phrase": " ", "category": "hate" } ] }""", "no phrase")]
    [InlineData("""{ "blocklist": [ { "phrase": "b", "category": "hate" } ] }""", "no name")]
    [InlineData("""{ "blocklist": [ null ] }""", "no name")]
    [InlineData("""{ "blocklist": [ { "name": "a", "phrase": "b", "category": "hate" }, { "name": "a", "phrase": "c", "category": "hate" } ] }""", "unique")]
    [InlineData("""{ "treshold": {} }""", "treshold")]
    [InlineData("null", "null")]
    [InlineData("{", "no moderation policy")]
    public void Load_names_the_file_and_what_is_wrong(string json, string reason)
    {
        File.WriteAllText(_file, json);

        var error = Assert.Throws<ModerationPolicyException>(() => ModerationPolicy.Load(_file));

        Assert.Contains(_file, error.Message, StringComparison.Ordinal);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_of_a_missing_file_says_so() =>
        Assert.Contains("There is no moderation policy", Assert.Throws<ModerationPolicyException>(() => ModerationPolicy.Load(_file + ".none")).Message, StringComparison.Ordinal);

    public void Dispose() => File.Delete(_file);
}
