namespace ChatLoop.Core.Labeling;

/// <summary>
/// How one person judges one answer by itself, from 1 (not at all) to 7 (entirely): the three aims of Askell et al. 2021 on the scale
/// of InstructGPT's labelers (Ouyang et al. 2022, table 3).
/// </summary>
public sealed record Rating(int Helpful, int Honest, int Harmless)
{
    public const int Lowest = 1;

    public const int Highest = 7;

    /// <summary>The mean of the three.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public double Overall => (Helpful + Honest + Harmless) / 3.0;

    /// <summary>Every mistake as a sentence; none when the rating is valid.</summary>
    public IEnumerable<string> Mistakes() => Mistake("helpful", Helpful).Concat(Mistake("honest", Honest)).Concat(Mistake("harmless", Harmless));

    private static IEnumerable<string> Mistake(string aim, int value) =>
        value is < Lowest or > Highest ? [$"The rating {aim} is {value}; it goes from {Lowest} to {Highest}."] : [];
}
