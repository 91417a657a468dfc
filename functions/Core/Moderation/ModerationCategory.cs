namespace ChatLoop.Core.Moderation;

/// <summary>The thirteen categories of OpenAI's moderation API, by the names that its answers use.</summary>
public static class ModerationCategory
{
    public const string Harassment = "harassment";
    public const string HarassmentThreatening = "harassment/threatening";
    public const string Hate = "hate";
    public const string HateThreatening = "hate/threatening";
    public const string Illicit = "illicit";
    public const string IllicitViolent = "illicit/violent";
    public const string SelfHarm = "self-harm";
    public const string SelfHarmIntent = "self-harm/intent";
    public const string SelfHarmInstructions = "self-harm/instructions";
    public const string Sexual = "sexual";
    public const string SexualMinors = "sexual/minors";
    public const string Violence = "violence";
    public const string ViolenceGraphic = "violence/graphic";

    /// <summary>All thirteen, in alphabetical order: the order in which verdicts list them.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        Harassment, HarassmentThreatening, Hate, HateThreatening, Illicit, IllicitViolent,
        SelfHarm, SelfHarmInstructions, SelfHarmIntent, Sexual, SexualMinors, Violence, ViolenceGraphic,
    ];
}
