using System.ComponentModel.DataAnnotations;

namespace ChatLoop.App.Models;

/// <summary>How an instance takes the current version of the model store.</summary>
public sealed class ModelOptions
{
    public const string Section = "Models";

    /// <summary>How often an instance looks which version is the current one.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00", ParseLimitsInInvariantCulture = true, ConvertValueInInvariantCulture = true)]
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long after a failure the same version is tried again.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00", ParseLimitsInInvariantCulture = true, ConvertValueInInvariantCulture = true)]
    public TimeSpan RetryInterval { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How many models besides the serving one are kept in memory for work that names them.</summary>
    [Range(1, 16)]
    public int MostOthers { get; set; } = 2;

    /// <summary>How long such a model is kept after it was last asked for.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00", ParseLimitsInInvariantCulture = true, ConvertValueInInvariantCulture = true)]
    public TimeSpan KeepOthersFor { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Where versions are kept on this machine, a folder each; empty for a folder among the temporary files. What lies there may be deleted at any time.</summary>
    public string CachePath { get; set; } = "";

    internal string CacheFolder => CachePath.Length > 0 ? Path.Combine(AppContext.BaseDirectory, CachePath) : Path.Combine(Path.GetTempPath(), "chatloop-models");
}
