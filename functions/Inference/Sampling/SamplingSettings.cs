namespace ChatLoop.Inference.Sampling;

/// <summary>How one answer's tokens are chosen. The values are checked where they come from.</summary>
internal sealed record SamplingSettings
{
    /// <summary>Divides the logits; 0 always takes the likeliest token.</summary>
    public float Temperature { get; init; }

    /// <summary>Keeps the likeliest tokens that together have this probability; 1 keeps all (Holtzman et al. 2020, arXiv:1904.09751).</summary>
    public float TopP { get; init; } = 1;

    /// <summary>Keeps this many of the likeliest tokens; 0 keeps all (Fan et al. 2018, arXiv:1805.04833).</summary>
    public int TopK { get; init; }

    /// <summary>Keeps tokens at least this share as likely as the likeliest (Nguyen et al. 2024, arXiv:2407.01082).</summary>
    public float MinP { get; init; }

    /// <summary>For tokens of prompt and answer: positive logits are divided by it, negative ones multiplied (Keskar et al. 2019, arXiv:1909.05858).</summary>
    public float RepetitionPenalty { get; init; } = 1;

    /// <summary>Taken off the logit of a token that the answer holds already (OpenAI's definition).</summary>
    public float PresencePenalty { get; init; }

    /// <summary>Taken off the logit once for every time that the answer holds the token (OpenAI's definition).</summary>
    public float FrequencyPenalty { get; init; }

    /// <summary>Equal seeds choose equal tokens.</summary>
    public required ulong Seed { get; init; }
}
