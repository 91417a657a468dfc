namespace ChatLoop.Training.Evaluation;

/// <summary>A test that looks at one language model at a time.</summary>
internal interface IModelTest
{
    /// <summary>Its name in tables, in `eval.tests` and in the README.</summary>
    string Name { get; }

    /// <summary>Why it cannot run here, in words; null where it can.</summary>
    string? Missing { get; }

    IReadOnlyList<Figure> Run(EvaluatedModel model, CancellationToken cancellationToken);
}
