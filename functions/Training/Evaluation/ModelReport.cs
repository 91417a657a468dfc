namespace ChatLoop.Training.Evaluation;

/// <summary>Everything that was measured of one model: `eval/&lt;model&gt;.json`.</summary>
/// <param name="Run">The recipe's name.</param>
/// <param name="Sha256">Of the model's file of weights.</param>
/// <param name="Step">The training step whose weights these are.</param>
/// <param name="Seed">Of sampled answers.</param>
/// <param name="Seconds">By test.</param>
/// <param name="Notes">Tests that could not run, with the reason, and what else to know.</param>
internal sealed record ModelReport(
    string Run,
    string Model,
    string Sha256,
    long? Step,
    int Seed,
    DateTimeOffset Created,
    IReadOnlyDictionary<string, double> Seconds,
    IReadOnlyList<string> Notes,
    IReadOnlyList<Figure> Figures);
