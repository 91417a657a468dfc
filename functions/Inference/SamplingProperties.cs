namespace ChatLoop.Inference;

/// <summary>Keys of `ChatOptions.AdditionalProperties` for what `ChatOptions` has no property of its own; values are numbers.</summary>
public static class SamplingProperties
{
    /// <summary>Leaves out tokens less likely than this share of the likeliest one, 0 … 1 (Nguyen et al. 2024, arXiv:2407.01082).</summary>
    public const string MinP = "min_p";

    /// <summary>Divides the logits of tokens seen before, 0.1 … 10; 1 leaves them (Keskar et al. 2019, arXiv:1909.05858).</summary>
    public const string RepetitionPenalty = "repetition_penalty";
}
