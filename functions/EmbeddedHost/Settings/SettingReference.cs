using System.Text.RegularExpressions;
using Microsoft.Azure.Functions.Worker.Hosting;
using Microsoft.Extensions.Configuration;

namespace Microsoft.Azure.Functions.Worker.Settings;

/// <summary>Replaces <c>%Name%</c> in a queue name, schedule or route by the setting of that name.</summary>
internal static partial class SettingReference
{
    public static string Resolve(string text, IConfiguration settings, string function) =>
        Reference().Replace(text, match => settings[match.Groups[1].Value.Replace("__", ":", StringComparison.Ordinal)]
            ?? throw new HostStartException($"Function '{function}': \"{text}\" needs the setting {match.Groups[1].Value}, which is not set: add it to local.settings.json (Values) or the environment."));

    [GeneratedRegex("%([^%]+)%")]
    private static partial Regex Reference();
}
