using System.ComponentModel.DataAnnotations;

namespace ChatLoop.Training.Drafts;

/// <summary>The recipe's section `drafts`.</summary>
internal sealed record DraftsOptions
{
    /// <summary>Questions of each set that the model answers.</summary>
    [Range(1, 10_000_000)]
    public int PerSet { get; init; } = 300;

    /// <summary>Drafts to a question.</summary>
    [Range(1, 16)]
    public int Count { get; init; } = 2;

    /// <summary>Data sets whose questions are asked; empty: all.</summary>
    public IReadOnlyList<string> Sources { get; init; } = [];

    /// <summary>τ that drafts are drawn with: that of PPO's rollouts, or reward models learn to tell temperatures apart.</summary>
    [Range(0.05, 5.0)]
    public double Temperature { get; init; } = 0.7;

    /// <summary>Most tokens of a question; a conversation whose question is longer is left out.</summary>
    [Range(4, 100_000)]
    public int PromptLength { get; init; } = 192;

    /// <summary>Most tokens of an answer, drafted or given; longer ones are left out.</summary>
    [Range(1, 100_000)]
    public int AnswerLength { get; init; } = 64;

    /// <summary>Threads that draw. Every draft has a seed of its own, so their number changes nothing.</summary>
    [Range(1, 1024)]
    public int Threads { get; init; } = 2;

    /// <summary>Whether to pass over a damaged checkpoint and draft with the one before.</summary>
    public bool PassOverDamaged { get; init; }
}
