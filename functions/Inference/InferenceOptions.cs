using System.ComponentModel.DataAnnotations;

namespace ChatLoop.Inference;

/// <summary>How the chat model is run. Sampling defaults are the model's own (`generation_config.json`).</summary>
public sealed class InferenceOptions
{
    public const string Section = "Inference";

    /// <summary>The model's folder: one of ours, or a Hugging Face ONNX export of the Llama family. Relative to the application's folder.</summary>
    [Required]
    public string ModelPath { get; set; } = "models/chat";

    /// <summary>Threads for one step of the model; 0 takes one per core.</summary>
    [Range(0, 256)]
    public int Threads { get; set; }

    /// <summary>Answers generated at once, in one step together; further requests wait their turn.</summary>
    [Range(1, 256)]
    public int MaxConcurrentGenerations { get; set; } = 8;

    /// <summary>Requests that may wait their turn; one more is refused with an <see cref="EngineBusyException"/>.</summary>
    [Range(0, 100_000)]
    public int MaxQueuedGenerations { get; set; } = 64;

    /// <summary>The most tokens of prompts that are read between two steps of the answers under way.</summary>
    [Range(1, 1_000_000)]
    public int PrefillChunkTokens { get; set; } = 64;

    /// <summary>Memory for what ended answers have read, so that prompts that begin alike are not read again; 0 keeps nothing.</summary>
    [Range(0, 1_000_000)]
    public int PrefixCacheMegabytes { get; set; } = 64;

    /// <summary>Tokens of prompt and answer together; 0, or more than the model was made for, takes the model's own limit.</summary>
    [Range(0, 1_000_000)]
    public int ContextTokens { get; set; }

    /// <summary>The longest answer in tokens, where a request names no limit of its own.</summary>
    [Range(1, 1_000_000)]
    public int MaxOutputTokens { get; set; } = 256;

    /// <summary>The same settings for another model.</summary>
    internal InferenceOptions For(string folder) => new()
    {
        ModelPath = folder,
        Threads = Threads,
        MaxConcurrentGenerations = MaxConcurrentGenerations,
        MaxQueuedGenerations = MaxQueuedGenerations,
        PrefillChunkTokens = PrefillChunkTokens,
        PrefixCacheMegabytes = PrefixCacheMegabytes,
        ContextTokens = ContextTokens,
        MaxOutputTokens = MaxOutputTokens,
    };
}
