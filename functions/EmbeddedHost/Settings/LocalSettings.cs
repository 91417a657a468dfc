using System.Globalization;
using Microsoft.Azure.Functions.Worker.Hosting;

namespace Microsoft.Azure.Functions.Worker.Settings;

/// <summary>The app's local.settings.json: settings for a developer's machine, never deployed.</summary>
internal sealed record LocalSettings(IReadOnlyDictionary<string, string?> Values, int? LocalHttpPort)
{
    public static LocalSettings Read(string folder)
    {
        var path = Path.Combine(folder, "local.settings.json");
        if (!File.Exists(path))
            return new LocalSettings(new Dictionary<string, string?>(), null);

        var settings = JsonSettings.Read(path);
        if (settings.GetValueOrDefault("IsEncrypted") is "True")
            throw new HostStartException("local.settings.json is encrypted: run \"func settings decrypt\" or set IsEncrypted to false and enter the values again.");
        // Values are environment variables on Azure, where a double underscore separates sections.
        var values = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        foreach (var (key, value) in settings.Where(s => s.Key.StartsWith("Values:", StringComparison.OrdinalIgnoreCase)))
        {
            var name = key["Values:".Length..].Replace("__", ":", StringComparison.Ordinal);
            if (!values.TryAdd(name, value))
                throw new HostStartException($"local.settings.json: Values holds {name} twice (\"__\" and \":\" mean the same): remove one.");
        }
        return new LocalSettings(values, Port(settings.GetValueOrDefault("Host:LocalHttpPort"), "local.settings.json: Host.LocalHttpPort"));
    }

    /// <summary>Null stays null; 0 asks for a free port.</summary>
    public static int? Port(string? text, string where) => text switch
    {
        null => null,
        _ when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port <= ushort.MaxValue => port,
        _ => throw new HostStartException($"{where} is \"{text}\"; it must be a port from 0 to 65535."),
    };
}
