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
    [InlineData("""{ "thresholds": { "question": { "hate": "ignore" } } }""", "block, template, mask, flag, off")]
    [InlineData("""{ "thresholds": { "question": { "hate": null } } }""", "'hate'")]
    [InlineData("""{ "thresholds": { "question": { "hate": true } } }""", "takes a threshold")]
    [InlineData("""{ "thresholds": { "question": { "hate": { "treshold": 1 } } } }""", "'treshold'")]
    [InlineData("""{ "thresholds": { "question": { "hate": { "action": "template" } } } }""", "names none")]
    [InlineData("""{ "thresholds": { "question": { "hate": { "template": "x" } } } }""", "is block")]
    [InlineData("""{ "thresholds": { "question": { "jailbreak": "flag" } } }""", "signal")]
    [InlineData("""{ "blocklist": [ { "name": "a", "phrase": "b", "category": "jailbreak" } ] }""", "'jailbreak'")]
    [InlineData("""{ "whenUnavailable": { "question": "ajar" } }""", "closed, open")]
    [InlineData("""{ "personalData": { "question": "hide" } }""", "off, mask, flag, block")]
    [InlineData("""{ "personalData": { "kinds": [ "names" ] } }""", "email, iban")]
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
    public void Load_reads_actions_what_happens_without_moderation_and_personal_data()
    {
        File.WriteAllText(_file, """
            { "thresholds": {
                "question": { "hate": { "threshold": 0.4, "action": "template", "template": "our-rules" }, "violence": "off", "jailbreak": { "threshold": 0.9, "action": "flag" } },
                "answer": { "sexual": { "action": "mask" } } },
              "whenUnavailable": { "answer": "open" },
              "personalData": { "question": "mask", "answer": "block", "kinds": [ "email", "paymentCard" ] } }
            """);

        var policy = ModerationPolicy.Load(_file);

        Assert.Equal(new CategoryRule(0.4, ModerationAction.Template, "our-rules"), policy.Thresholds[ModerationDirection.Question]["hate"]);
        Assert.Equal(["our-rules"], policy.Templates);
        Assert.Equal(2, policy.Threshold(ModerationCategory.Violence, ModerationDirection.Question));
        Assert.Null(policy.Threshold(ModerationCategory.Sexual, ModerationDirection.Answer));
        Assert.Equal((false, true), (policy.WhenUnavailable.IsOpen(ModerationDirection.Question), policy.WhenUnavailable.IsOpen(ModerationDirection.Answer)));
        Assert.Equal("[EMAIL] +49 30 1234567", policy.PersonalData.Mask("a@b.de +49 30 1234567", ModerationDirection.Question).Text);
        Assert.Equal("a@b.de", policy.PersonalData.Mask("a@b.de", ModerationDirection.Answer).Text);
        Assert.True(policy.PersonalData.IsIn("a@b.de", ModerationDirection.Answer));
    }

    [Fact]
    public void Load_without_the_new_sections_is_closed_and_looks_for_no_personal_data()
    {
        File.WriteAllText(_file, "{}");

        var policy = ModerationPolicy.Load(_file);

        Assert.Equal((false, false), (policy.WhenUnavailable.IsOpen(ModerationDirection.Question), policy.WhenUnavailable.IsOpen(ModerationDirection.Answer)));
        Assert.False(policy.PersonalData.IsIn("a@b.de", ModerationDirection.Question));
    }

    [Fact]
    public void Load_of_a_missing_file_says_so() =>
        Assert.Contains("There is no moderation policy", Assert.Throws<ModerationPolicyException>(() => ModerationPolicy.Load(_file + ".none")).Message, StringComparison.Ordinal);

    public void Dispose() => File.Delete(_file);
}
