using System.Globalization;

namespace ChatLoop.App.OpenAi;

/// <summary>Time spans as OpenAI's headers write them: 6m0s, 1h2m3s, 17s, 250ms.</summary>
internal static class GoDuration
{
    public static string Of(TimeSpan span)
    {
        if (span < TimeSpan.FromSeconds(1))
            return string.Create(CultureInfo.InvariantCulture, $"{Math.Max(0, Math.Ceiling(span.TotalMilliseconds))}ms");
        var seconds = (long)Math.Ceiling(span.TotalSeconds);
        var (hours, minutes) = (seconds / 3600, seconds / 60 % 60);
        return string.Create(CultureInfo.InvariantCulture, $"{(hours > 0 ? $"{hours}h" : "")}{(hours > 0 || minutes > 0 ? $"{minutes}m" : "")}{seconds % 60}s");
    }
}
