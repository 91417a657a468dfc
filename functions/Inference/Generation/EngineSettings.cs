namespace ChatLoop.Inference.Generation;

/// <param name="Slots">Sequences at once.</param>
/// <param name="MostWaiting">Requests that may wait for a slot.</param>
/// <param name="ChunkTokens">The most tokens of prompts between two steps of those that decode.</param>
internal sealed record EngineSettings(int Slots, int MostWaiting, int ChunkTokens);
