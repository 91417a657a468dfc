using System.Globalization;
using System.Net;
using System.Text;

namespace ChatLoop.Training.Reporting;

/// <summary>Lines over steps as an SVG that takes its colours from the page, light or dark.</summary>
internal static class Chart
{
    private const int Width = 640;
    private const int Height = 260;
    private const int Left = 62;
    private const int Right = 12;
    private const int Top = 26;
    private const int Bottom = 34;

    // More points than pixels only make the page heavy.
    private const int MostPoints = 600;

    public static string Svg(string title, IReadOnlyList<MetricSeries> series)
    {
        var points = series.SelectMany(s => s.Points).ToArray();
        var (firstX, lastX) = (points.Min(p => p.Step), points.Max(p => p.Step));
        var (low, high) = (points.Min(p => p.Value), points.Max(p => p.Value));
        if (low == high) (low, high) = (low - Math.Max(Math.Abs(low) * 0.1, 1e-9), high + Math.Max(Math.Abs(high) * 0.1, 1e-9));
        var svg = new StringBuilder();
        Put($"<svg class=\"chart\" viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-label=\"{WebUtility.HtmlEncode(title)}\">");
        Put($"<text class=\"title\" x=\"{Left}\" y=\"16\">{WebUtility.HtmlEncode(title)}</text>");
        foreach (var i in Enumerable.Range(0, 5))
        {
            var value = low + (high - low) * i / 4;
            Put($"<line class=\"grid\" x1=\"{Left}\" x2=\"{Width - Right}\" y1=\"{Y(value):F1}\" y2=\"{Y(value):F1}\"/><text x=\"{Left - 6}\" y=\"{Y(value) + 4:F1}\" text-anchor=\"end\">{Short(value)}</text>");
            var step = firstX + (lastX - firstX) * i / 4;
            Put($"<text x=\"{X(step):F1}\" y=\"{Height - 14}\" text-anchor=\"{(i == 0 ? "start" : i == 4 ? "end" : "middle")}\">{(i == 4 ? "step " : "")}{step:N0}</text>");
        }

        foreach (var (i, line) in series.Index())
        {
            var every = (line.Points.Count + MostPoints - 1) / MostPoints;
            var drawn = line.Points.Where((_, n) => n % every == 0 || n == line.Points.Count - 1).Select(p => string.Create(CultureInfo.InvariantCulture, $"{X(p.Step):F1},{Y(p.Value):F1}"));
            Put($"<polyline class=\"line{i % 4}\" points=\"{string.Join(' ', drawn)}\"/>");
            if (series.Count > 1) Put($"<text class=\"key{i % 4}\" x=\"{Width - Right}\" y=\"{16 + 15 * i}\" text-anchor=\"end\">{WebUtility.HtmlEncode(line.Words)}</text>");
        }

        return svg.Append("</svg>").ToString();

        void Put(FormattableString text) => svg.Append(text.ToString(CultureInfo.InvariantCulture));
        double X(long step) => Left + (Width - Left - Right) * (lastX == firstX ? 0.5 : (double)(step - firstX) / (lastX - firstX));
        double Y(double value) => Top + (Height - Top - Bottom) * (1 - (value - low) / (high - low));
    }

    private static string Short(double value) =>
        Math.Abs(value) switch { 0 => "0", < 0.001 or >= 1e6 => value.ToString("0.0e0", CultureInfo.InvariantCulture), < 10 => value.ToString("0.0###", CultureInfo.InvariantCulture), _ => value.ToString("#,0.#", CultureInfo.InvariantCulture) };
}
