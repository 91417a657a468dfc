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
        var place = PlaceOf(comparison.Key);
        // A given model has trained on none of them.
        if (comparison.IsHeldOut || options.Model.Length > 0 || place < options.ValShare) return RewardSplit.HeldOutQuestion;
        if (comparison.Labeler is { } labeler && StableHash.Share("labeler " + labeler) < options.HeldOutLabelers) return RewardSplit.HeldOutLabeler;
        var part = (place - options.ValShare) / (1 - options.ValShare);
        return part >= options.QuestionsFrom && part < options.QuestionsTo ? RewardSplit.Train : RewardSplit.Elsewhere;
    }

    /// <summary>Where a question falls in [0, 1): those below valShare are held out.</summary>
    public static double PlaceOf(string question) => StableHash.Share("question " + question);

    /// <summary>The options with valShare as much larger as it takes to hold out `minHeldOut` questions, those of held-out users counted; never more than half of the others.</summary>
    public static RewardOptions WithEnoughHeldOut(RewardOptions options, IEnumerable<Comparison> all)
    {
        var questions = all.ToLookup(c => c.IsHeldOut, c => c.Key);
        double[] places = [.. questions[false].Distinct().Select(PlaceOf).Order()];
        var missing = Math.Min(options.MinHeldOut - questions[true].Distinct().Count(), places.Length / 2);
        return missing <= 0 || places[missing - 1] < options.ValShare ? options : options with { ValShare = Math.BitIncrement(places[missing - 1]) };
    }
}
