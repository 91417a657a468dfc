using ChatLoop.Training.Recipes;

namespace ChatLoop.Training.Cli;

/// <summary>What a stage is given: its recipe, where it reads and writes, whom it tells, and its seed and device.</summary>
/// <param name="Recipe">The recipe; a stage reads its own section with <see cref="Options{T}"/>.</param>
/// <param name="Run">The run folder's paths.</param>
/// <param name="Reporter">Progress and lines for the user.</param>
/// <param name="Seed">Seed of every generator in the run.</param>
/// <param name="Device">`cpu` or `cuda`; only stages that train on libtorch look at it.</param>
internal sealed record StageContext(Recipe Recipe, RunFolder Run, IReporter Reporter, int Seed, string Device)
{
    /// <summary>The stage's section of the recipe as its options record; defaults where the recipe is silent.</summary>
    public T Options<T>(string section)
        where T : class, new() => Recipe.Section<T>(section);
}
