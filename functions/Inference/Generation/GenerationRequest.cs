using ChatLoop.Inference.Sampling;

namespace ChatLoop.Inference.Generation;

/// <summary>One answer to generate.</summary>
/// <param name="Prompt">Token ids.</param>
/// <param name="Sampling">How tokens are chosen.</param>
/// <param name="MaxTokens">The longest answer.</param>
/// <param name="StopIds">Tokens that end the answer.</param>
/// <param name="StopStrings">Texts that end the answer; none of them is empty, and none becomes part of it.</param>
internal sealed record GenerationRequest(int[] Prompt, SamplingSettings Sampling, int MaxTokens, IReadOnlySet<int> StopIds, IReadOnlyList<string> StopStrings)
{
    /// <summary>Whose turn in the queue it takes; null for nobody's in particular.</summary>
    public string? Caller { get; init; }
}
