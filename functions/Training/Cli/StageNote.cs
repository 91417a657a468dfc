namespace ChatLoop.Training.Cli;

/// <summary>What stages.json says of one stage: what it was run with, and what it left when it finished.</summary>
/// <param name="Settings">SHA-256 of its section, seed and device.</param>
/// <param name="Inputs">SHA-256 of each thing it read, by path.</param>
/// <param name="Outputs">SHA-256 of each thing it wrote, by path; null until it has finished.</param>
/// <param name="Seconds">How long the sitting took that finished it.</param>
internal sealed record StageNote(string Settings, IReadOnlyDictionary<string, string> Inputs, IReadOnlyDictionary<string, string>? Outputs = null, double Seconds = 0)
{
    public bool HasInputs(IReadOnlyDictionary<string, string> inputs) => Same(Inputs, inputs);

    public bool HasOutputs(IReadOnlyDictionary<string, string> outputs) => Outputs is not null && Same(Outputs, outputs);

    private static bool Same(IReadOnlyDictionary<string, string> one, IReadOnlyDictionary<string, string> other) =>
        one.Count == other.Count && one.All(p => other.TryGetValue(p.Key, out var hash) && hash == p.Value);
}
