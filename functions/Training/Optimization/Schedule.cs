using System.ComponentModel.DataAnnotations;

namespace ChatLoop.Training.Optimization;

/// <summary>How the learning rate goes with the steps: a linear warm-up, then one of two shapes.</summary>
internal enum ScheduleShape
{
    /// <summary>Warm-up, stable, then a linear decay: the stable part may be cut short or prolonged at will (Hu et al. 2024, arXiv:2404.06395).</summary>
    WarmupStableDecay,

    /// <summary>Half a cosine over all steps after the warm-up (Loshchilov and Hutter 2017, arXiv:1608.03983).</summary>
    Cosine,
}

/// <summary>The learning rate as a pure function of the step, so that a resumed run needs no state of it.</summary>
internal sealed record Schedule
{
    public ScheduleShape Shape { get; init; } = ScheduleShape.WarmupStableDecay;

    /// <summary>The highest learning rate.</summary>
    [Range(1e-9, 10)]
    public double Peak { get; init; } = 2e-3;

    /// <summary>Steps of linear warm-up from 0.</summary>
    [Range(0, 1_000_000)]
    public long WarmupSteps { get; init; } = 100;

    /// <summary>Share of all steps in which warm-up–stable–decay decays.</summary>
    [Range(0.0, 1.0)]
    public double DecayShare { get; init; } = 0.25;

    /// <summary>Where the decay ends, as a share of the peak.</summary>
    [Range(0.0, 1.0)]
    public double Floor { get; init; }

    /// <summary>The step at which the rate starts to fall.</summary>
    public long DecayStart(long totalSteps) =>
        Shape == ScheduleShape.Cosine ? Math.Min(WarmupSteps, totalSteps) : Math.Max(Math.Min(WarmupSteps, totalSteps), totalSteps - (long)Math.Round(totalSteps * DecayShare));

    /// <summary>The learning rate of step 0 … <paramref name="totalSteps"/> − 1.</summary>
    public double At(long step, long totalSteps)
    {
        if (step < WarmupSteps) return Peak * (step + 1) / WarmupSteps;
        var start = DecayStart(totalSteps);
        if (step < start || totalSteps <= start) return Peak;
        var done = Math.Min(1.0, (double)(step - start + 1) / (totalSteps - start));
        var share = Shape == ScheduleShape.Cosine ? (1 + Math.Cos(Math.PI * done)) / 2 : 1 - done;
        return Peak * (Floor + (1 - Floor) * share);
    }
}
