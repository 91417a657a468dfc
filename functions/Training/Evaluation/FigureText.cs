using System.Globalization;

namespace ChatLoop.Training.Evaluation;

/// <summary>How tables write numbers.</summary>
internal static class FigureText
{
    public static string Number(double value) => value.ToString(Math.Abs(value) >= 100 ? "N1" : "F3", CultureInfo.InvariantCulture);

    public static string Interval(Figure figure) => figure is { Low: { } low, High: { } high } ? $"[{Number(low)}, {Number(high)}]" : "";

    public static string WithInterval(Figure figure) => $"{Number(figure.Value)} {Interval(figure)}".TrimEnd();
}
