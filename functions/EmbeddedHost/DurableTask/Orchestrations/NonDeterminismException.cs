namespace Microsoft.DurableTask.Orchestrations;

/// <summary>An orchestrator did not do at replay what its history says that it did.</summary>
internal sealed class NonDeterminismException(string what) : Exception(
    $"The orchestrator is not deterministic: {what}. Its code may have changed while this instance ran, or it reads a clock, random numbers, settings or data of its own instead of the context's.");
