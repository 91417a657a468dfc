namespace ChatLoop.Training.Metrics;

/// <summary>One line of metrics.jsonl. Which fields it has depends on <see cref="Kind"/>: `start`, `step`, `validation`, `sample`, `alarm` or `end`.</summary>
internal sealed record MetricLine(string Kind, DateTimeOffset Time, long Step, long Tokens)
{
    /// <summary>Mean loss since the last `step` line, nats per token.</summary>
    public double? Loss { get; init; }

    public double? LearningRate { get; init; }

    /// <summary>Norm of the gradient before clipping.</summary>
    public double? GradientNorm { get; init; }

    public double? TokensPerSecond { get; init; }

    /// <summary>Validation loss, nats per token.</summary>
    public double? ValidationLoss { get; init; }

    /// <summary>Validation loss over the bytes of the text, which makes tokenizers comparable.</summary>
    public double? BitsPerByte { get; init; }

    public string? Prompt { get; init; }

    /// <summary>A sample's text, or in a `start` line what is trained.</summary>
    public string? Text { get; init; }

    /// <summary>What `ppo` and `dpo` measure at a step or an evaluation, by name.</summary>
    public IReadOnlyDictionary<string, double>? Values { get; init; }
}
