namespace ChatLoop.Inference.Generation;

/// <summary>One layer's keys, or its values, in a graph: the names of input and output, and the shape (rows, Heads, tokens, HeadSize).</summary>
internal sealed record CacheTensor(string Past, string Present, long Heads, long HeadSize);
