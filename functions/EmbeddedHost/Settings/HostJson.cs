using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace Microsoft.Azure.Functions.Worker.Settings;

/// <summary>The app's host.json, read and checked, with Azure's defaults.</summary>
internal sealed record HostJson
{
    public string RoutePrefix { get; init; } = "api";

    /// <summary>Headers added to every response.</summary>
    public IReadOnlyDictionary<string, string> CustomHeaders { get; init; } = new Dictionary<string, string>();

    public QueueSettings Queues { get; init; } = new();

    public DurableSettings Durable { get; init; } = new();

    /// <summary>How long an invocation may take; 30 minutes, as on the Premium and Flex plans. Infinite for "-1".</summary>
    public TimeSpan FunctionTimeout { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>Category prefix (or "default") to the least level that is logged.</summary>
    public IReadOnlyDictionary<string, LogLevel> LogLevels { get; init; } = new Dictionary<string, LogLevel>();

    /// <summary>Settings that no Functions host knows: most likely misspelt.</summary>
    public IReadOnlyList<string> Unknown { get; init; } = [];

    public static HostJson Read(string folder, IConfiguration overrides) => HostJsonReader.Read(folder, overrides);
}
