using System.Text.Json.Nodes;
using ChatLoop.Training.Modeling;

namespace ChatLoop.Training.Checkpoints;

/// <summary>What a checkpoint holds beside its tensors: enough to go on as if nothing had happened.</summary>
internal sealed record Checkpoint
{
    public const int CurrentFormat = 1;

    public int FormatVersion { get; init; } = CurrentFormat;

    /// <summary>Steps done.</summary>
    public required long Step { get; init; }

    /// <summary>Tokens trained on so far.</summary>
    public required long Tokens { get; init; }

    /// <summary>Steps that the schedule counted on when this was written.</summary>
    public required long TotalSteps { get; init; }

    public required int Seed { get; init; }

    public required LlamaConfig Model { get; init; }

    /// <summary>SHA-256 of the tokenizer that the ids come from.</summary>
    public required string TokenizerSha256 { get; init; }

    /// <summary>SHA-256 of the tensor file beside this one.</summary>
    public required string TensorsSha256 { get; init; }

    /// <summary>Where the data is, in the words of its source.</summary>
    public required JsonNode Cursor { get; init; }

    /// <summary>The last validation result: bits per byte of text, or nats per answer token in fine-tuning.</summary>
    public double? Validation { get; init; }

    /// <summary>Training time so far, seconds, over all sittings.</summary>
    public double Seconds { get; init; }
}
