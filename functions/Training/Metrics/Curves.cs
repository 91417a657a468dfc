using ScottPlot;

namespace ChatLoop.Training.Metrics;

/// <summary>curves.png: training and validation loss over the tokens, and the learning rate on an axis of its own.</summary>
internal static class Curves
{
    public static void Draw(string file, string title, IReadOnlyList<MetricLine> lines, string unit = "nats per token")
    {
        using var plot = new Plot();
        var steps = lines.Where(l => l.Kind == "step" && l.Loss is not null).ToArray();
        var validations = lines.Where(l => l.ValidationLoss is not null).ToArray();
        if (steps.Length == 0) return;
        var training = plot.Add.Scatter(steps.Select(l => l.Tokens / 1e6).ToArray(), steps.Select(l => l.Loss!.Value).ToArray());
        (training.LegendText, training.MarkerSize) = ("training loss", 0);
        if (validations.Length > 0)
        {
            var validation = plot.Add.Scatter(validations.Select(l => l.Tokens / 1e6).ToArray(), validations.Select(l => l.ValidationLoss!.Value).ToArray());
            validation.LegendText = validations[^1].BitsPerByte is { } bits ? $"validation loss (last: {bits:F3} bits per byte)" : "validation loss";
            validation.LineWidth = 2;
        }

        var rate = plot.Add.Scatter(steps.Select(l => l.Tokens / 1e6).ToArray(), steps.Select(l => l.LearningRate ?? 0).ToArray());
        (rate.LegendText, rate.MarkerSize, rate.Axes.YAxis) = ("learning rate", 0, plot.Axes.Right);
        rate.LinePattern = LinePattern.Dotted;
        plot.Title(title);
        plot.XLabel("million tokens");
        plot.YLabel(unit);
        plot.Axes.Right.Label.Text = "learning rate";
        plot.ShowLegend(Alignment.UpperRight);
        plot.SavePng(file, 960, 600);
    }
}
