using ChatLoop.Training.Data;
using ChatLoop.Training.Data.Ranked;

namespace ChatLoop.Training.Rewards;

/// <summary>What a comparison is for.</summary>
internal enum RewardSplit
{
    Train,

    /// <summary>A question that no reward model trains on.</summary>
    HeldOutQuestion,

    /// <summary>A labeler whom no reward model trains on.</summary>
    HeldOutLabeler,

    /// <summary>Left to another reward model of the run.</summary>
    Elsewhere,
}

/// <summary>Splits comparisons by question and labeler: the same data always splits the same way, whatever the seed.</summary>
internal static class RewardSplits
{
    public static RewardSplit Of(Comparison comparison, RewardOptions options)
    {
        var place = StableHash.Share("question " + comparison.Key);
        if (place < options.ValShare) return RewardSplit.HeldOutQuestion;
        if (comparison.Labeler is { } labeler && StableHash.Share("labeler " + labeler) < options.HeldOutLabelers) return RewardSplit.HeldOutLabeler;
        var part = (place - options.ValShare) / (1 - options.ValShare);
        return part >= options.QuestionsFrom && part < options.QuestionsTo ? RewardSplit.Train : RewardSplit.Elsewhere;
    }
}
