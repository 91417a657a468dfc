using ChatLoop.Training.Metrics;
using ScottPlot;

namespace ChatLoop.Training.ReinforcementLearning;

/// <summary>curves.png, a panel for each thing to watch, and reward-kl.png, what the reward cost in KL from the reference (Gao et al. 2023, arXiv:2210.10760).</summary>
internal static class PreferenceCurves
{
    private static readonly (string Title, string[] Keys)[] Panels =
    [
        ("reward", ["objective/scores", "objective/rlhf_reward"]),
        ("KL, nats per answer", ["objective/kl"]),
        ("entropy, nats per token", ["objective/entropy"]),
        ("ratio", ["val/ratio"]),
        ("clip fractions", ["policy/clipfrac_avg", "val/clipfrac_avg"]),
        ("explained variance", ["val/explained_variance"]),
        ("tokens per answer", ["rollout/length"]),
        ("share with EOS", ["rollout/share_with_eos"]),
        ("gradient norm", ["policy/grad_norm"]),
        ("DPO loss", ["loss/dpo"]),
        ("DPO accuracy", ["dpo/accuracy"]),
        ("implicit rewards", ["dpo/reward_chosen", "dpo/reward_rejected", "dpo/margin"]),
        ("held-out questions", ["eval/reward", "eval/judge"]),
    ];

    public static void Draw(string folder, string title, IReadOnlyList<MetricLine> lines)
    {
        var points = lines.Where(l => l.Values is not null).ToArray();
        var drawn = Panels.Select(p => (p.Title, Series: p.Keys.Select(k => (Key: k, Line: Series(points, k))).Where(s => s.Line.X.Length > 0).ToArray())).Where(p => p.Series.Length > 0).ToArray();
        if (drawn.Length == 0) return;
        var all = new Multiplot();
        all.AddPlots(drawn.Length);
        all.Layout = new ScottPlot.MultiplotLayouts.Grid((drawn.Length + 2) / 3, 3);
        for (var i = 0; i < drawn.Length; i++)
        {
            var plot = all.GetPlot(i);
            foreach (var (key, line) in drawn[i].Series) plot.Add.Scatter(line.X, line.Y).LegendText = key;
            plot.Title(drawn[i].Title);
            plot.XLabel("step");
            if (drawn[i].Series.Length > 1) plot.ShowLegend(Alignment.LowerRight);
        }

        all.SavePng(Path.Combine(folder, "curves.png"), 1260, 300 * ((drawn.Length + 2) / 3));
        RewardAgainstKl(Path.Combine(folder, "reward-kl.png"), title, points);
    }

    private static void RewardAgainstKl(string file, string title, MetricLine[] points)
    {
        var evaluations = points.Where(l => l.Values!.ContainsKey("eval/kl")).ToArray();
        if (evaluations.Length == 0) return;
        using var plot = new Plot();
        foreach (var key in new[] { "eval/reward", "eval/judge" })
        {
            var seen = evaluations.Where(l => l.Values!.ContainsKey(key)).ToArray();
            // √KL: the distance at which over-optimised rewards turn, whatever the model's size.
            if (seen.Length > 0) plot.Add.Scatter(seen.Select(l => Math.Sqrt(Math.Max(0, l.Values!["eval/kl"]))).ToArray(), seen.Select(l => l.Values![key]).ToArray()).LegendText = key;
        }

        plot.Title($"{title}, reward against KL");
        plot.XLabel("√KL from the reference, nats per answer");
        plot.YLabel("score on held-out questions");
        plot.ShowLegend(Alignment.LowerRight);
        plot.SavePng(file, 960, 600);
    }

    private static (double[] X, double[] Y) Series(MetricLine[] points, string key)
    {
        var seen = points.Where(p => p.Values!.ContainsKey(key)).ToArray();
        return ([.. seen.Select(p => (double)p.Step)], [.. seen.Select(p => p.Values![key])]);
    }
}
