namespace ChatLoop.Core.Moderation;

/// <summary>What a model may score beside the categories. A signal flags nothing by itself: it counts where the policy gives it a threshold.</summary>
public static class ModerationSignal
{
    /// <summary>An attempt to talk the model out of its rules.</summary>
    public const string Jailbreak = "jailbreak";

    public static IReadOnlyList<string> All { get; } = [Jailbreak];
}
