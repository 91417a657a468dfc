using System.ComponentModel.DataAnnotations;

namespace ChatLoop.App.Chat;

/// <summary>How questions are accepted and answered.</summary>
public sealed class TurnOptions
{
    public const string Section = "Chat";

    /// <summary>How long a POST waits for the answer before it gives the address to ask at (Azure's front end ends a request after 230 seconds).</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:03:20", ParseLimitsInInvariantCulture = true, ConvertValueInInvariantCulture = true)]
    public TimeSpan WaitTimeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>Time for one turn, from when the turns before it have ended; then a template answers.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00", ParseLimitsInInvariantCulture = true, ConvertValueInInvariantCulture = true)]
    public TimeSpan TurnTimeout { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>Longest question in characters.</summary>
    [Range(1, 100_000)]
    public int MaxMessageLength { get; set; } = 4_000;

    /// <summary>Longest answer in characters; a template takes the place of a longer one.</summary>
    [Range(1, 1_000_000)]
    public int MaxAnswerLength { get; set; } = 20_000;

    /// <summary>Share of the turns that are answered by two drafts to choose between, where both pass and differ.</summary>
    [Range(0.0, 1.0)]
    public double DraftsRate { get; set; }

    /// <summary>Temperature of the second draft: higher than the model's own, so that the two differ.</summary>
    [Range(0.0, 2.0)]
    public double DraftsTemperature { get; set; } = 0.7;

    /// <summary>Most turns in one conversation: its blob is read and written whole.</summary>
    [Range(1, 10_000)]
    public int MaxTurns { get; set; } = 500;
}
