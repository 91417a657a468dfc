using System.ComponentModel.DataAnnotations;

namespace ChatLoop.App.ApiKeys;

/// <summary>Who may use /v1, and how much of it a new key may use unless the administrator says otherwise.</summary>
public sealed class ApiKeyOptions
{
    public const string Section = "ApiKeys";

    /// <summary>Whether /v1 wants a key. Without one (on a laptop) no limits hold, and the user is who /api/chat would take it for.</summary>
    public bool Required { get; set; } = true;

    [Range(1, 1_000_000)]
    public int RequestsPerMinute { get; set; } = 60;

    [Range(1L, 1_000_000_000L)]
    public long TokensPerMinute { get; set; } = 40_000;

    [Range(1L, 1_000_000_000_000L)]
    public long TokensPerDay { get; set; } = 2_000_000;
}
