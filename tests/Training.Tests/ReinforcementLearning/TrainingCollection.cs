namespace ChatLoop.Training.Tests.ReinforcementLearning;

/// <summary>Tests that train for hundreds of steps run alone: see LastingScalar for what a garbage collection of another test could do to a plain `a + b`.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class TrainingCollection
{
    public const string Name = "Reinforcement learning";
}
