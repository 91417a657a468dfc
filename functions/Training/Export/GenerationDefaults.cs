using System.ComponentModel.DataAnnotations;

namespace ChatLoop.Training.Export;

/// <summary>How the model samples unless a caller says otherwise: goes into `generation_config.json`.</summary>
internal sealed record GenerationDefaults
{
    /// <summary>0 always takes the likeliest token.</summary>
    [Range(0.0, 2.0)]
    public double Temperature { get; init; } = 0.7;

    /// <summary>Samples from the likeliest tokens that together have this probability (Holtzman et al. 2020, arXiv:1904.09751).</summary>
    [Range(0.01, 1.0)]
    public double TopP { get; init; } = 0.95;

    /// <summary>Samples from this many of the likeliest tokens; 0 from all.</summary>
    [Range(0, 1_000_000)]
    public int TopK { get; init; } = 50;

    /// <summary>Divides the odds of tokens seen before (Keskar et al. 2019, arXiv:1909.05858); 1 leaves them.</summary>
    [Range(0.5, 2.0)]
    public double RepetitionPenalty { get; init; } = 1.0;

    /// <summary>Longest answer, tokens.</summary>
    [Range(1, 1_000_000)]
    public int MaxNewTokens { get; init; } = 256;
}
