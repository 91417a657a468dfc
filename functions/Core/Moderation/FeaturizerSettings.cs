namespace ChatLoop.Core.Moderation;

/// <summary>How a text becomes bucket numbers. Trainer and inference must agree, so a model folder carries it.</summary>
/// <param name="BucketBits">The table has 2^BucketBits rows.</param>
/// <param name="LongestWordGram">Word n-grams of 1 up to this many words.</param>
/// <param name="ShortestCharacterGram">Character n-grams, within a word and its edges, from this length…</param>
/// <param name="LongestCharacterGram">…to this length.</param>
/// <param name="ChunkWords">A longer text is judged in windows of this many words…</param>
/// <param name="ChunkStride">…each starting this many words after the last.</param>
public sealed record FeaturizerSettings(
    int BucketBits = 17,
    int LongestWordGram = 2,
    int ShortestCharacterGram = 3,
    int LongestCharacterGram = 5,
    int ChunkWords = 80,
    int ChunkStride = 40)
{
    /// <summary>What is wrong with the settings; null when nothing is.</summary>
    public string? Fault() => this switch
    {
        { BucketBits: < 4 or > 24 } => $"bucketBits is {BucketBits}; it lies between 4 and 24.",
        { LongestWordGram: < 1 or > 5 } => $"longestWordGram is {LongestWordGram}; it lies between 1 and 5.",
        { ShortestCharacterGram: < 1 } => $"shortestCharacterGram is {ShortestCharacterGram}; it is at least 1.",
        { LongestCharacterGram: var longest } when longest < ShortestCharacterGram || longest > 12 => $"longestCharacterGram is {longest}; it lies between the shortest and 12.",
        { ChunkWords: < 1 or > 10_000 } => $"chunkWords is {ChunkWords}; it lies between 1 and 10,000.",
        { ChunkStride: var stride } when stride < 1 || stride > ChunkWords => $"chunkStride is {stride}; it lies between 1 and chunkWords.",
        _ => null,
    };
}
