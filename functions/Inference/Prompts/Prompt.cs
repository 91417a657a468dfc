namespace ChatLoop.Inference.Prompts;

/// <summary>What the model reads.</summary>
/// <param name="Ids">Token ids.</param>
/// <param name="DroppedTurns">Turns that were left out, the oldest first, to make room.</param>
internal sealed record Prompt(int[] Ids, int DroppedTurns);
