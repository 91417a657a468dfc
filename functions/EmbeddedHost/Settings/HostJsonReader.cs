using System.Globalization;
using Microsoft.Azure.Functions.Worker.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace Microsoft.Azure.Functions.Worker.Settings;

/// <summary>Reads host.json; settings named <c>AzureFunctionsJobHost__extensions__http__routePrefix</c> win, as on Azure.</summary>
internal static class HostJsonReader
{
    private const string Http = "extensions:http:";
    private const string Queues = "extensions:queues:";
    private const string Durable = "extensions:durableTask:";

    private static readonly string[] Used =
    [
        "version", "functionTimeout", Http + "routePrefix",
        Queues + "batchSize", Queues + "newBatchThreshold", Queues + "maxDequeueCount", Queues + "visibilityTimeout",
        Queues + "maxPollingInterval", Queues + "messageEncoding",
        Durable + "hubName", Durable + "defaultVersion",
        Durable + "maxConcurrentActivityFunctions", Durable + "maxConcurrentOrchestratorFunctions",
    ];

    /// <summary>Known on Azure and either open-ended or without meaning here (README.md, "Differences").</summary>
    private static readonly string[] Accepted =
    [
        "logging", Http + "customHeaders", Http + "hsts", Http + "maxOutstandingRequests", Http + "maxConcurrentRequests",
        Http + "dynamicThrottlesEnabled", "extensions:durableTask", "extensions:blobs", "telemetryMode", "applicationInsights",
        "extensionBundle", "concurrency", "healthMonitor", "singleton", "aggregator", "watchDirectories", "watchFiles",
        "managedDependency", "$schema",
    ];

    public static HostJson Read(string folder, IConfiguration overrides)
    {
        var path = Path.Combine(folder, "host.json");
        if (!File.Exists(path))
            throw new HostStartException($"There is no host.json in {folder}: copy it to the app's output folder.");
        var settings = new ConfigurationBuilder()
            .AddInMemoryCollection(JsonSettings.Read(path))
            .AddConfiguration(overrides.GetSection("AzureFunctionsJobHost"))
            .Build();

        if (settings["version"] != "2.0")
            throw Bad("version", settings["version"], "\"2.0\"");
        return new HostJson
        {
            RoutePrefix = RoutePrefix(settings),
            CustomHeaders = settings.GetSection(Http + "customHeaders").GetChildren().ToDictionary(h => h.Key, h => h.Value ?? ""),
            Queues = ReadQueues(settings),
            Durable = new DurableSettings
            {
                HubName = settings[Durable + "hubName"],
                DefaultVersion = settings[Durable + "defaultVersion"],
                MaxConcurrentActivities = Number(settings, Durable + "maxConcurrentActivityFunctions", 1, 10_000),
                MaxConcurrentOrchestrators = Number(settings, Durable + "maxConcurrentOrchestratorFunctions", 1, 10_000),
            },
            FunctionTimeout = settings["functionTimeout"] == "-1"
                ? Timeout.InfiniteTimeSpan
                : Duration(settings, "functionTimeout", TimeSpan.FromSeconds(1), TimeSpan.FromDays(10)) ?? new HostJson().FunctionTimeout,
            LogLevels = LogLevels(settings.GetSection("logging:logLevel")),
            Unknown = [.. settings.AsEnumerable().Where(s => s.Value is not null).Select(s => s.Key).Where(IsUnknown).Select(Dotted)],
        };
    }

    private static QueueSettings ReadQueues(IConfigurationRoot settings)
    {
        var defaults = new QueueSettings();
        return new QueueSettings
        {
            BatchSize = Number(settings, Queues + "batchSize", 1, 32) ?? defaults.BatchSize,
            NewBatchThreshold = Number(settings, Queues + "newBatchThreshold", 0, 1000) ?? defaults.NewBatchThreshold,
            MaxDequeueCount = Number(settings, Queues + "maxDequeueCount", 1, 1000) ?? defaults.MaxDequeueCount,
            VisibilityTimeout = Duration(settings, Queues + "visibilityTimeout", TimeSpan.Zero, TimeSpan.FromDays(7)) ?? defaults.VisibilityTimeout,
            MaxPollingInterval = Duration(settings, Queues + "maxPollingInterval", TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(1))
                ?? defaults.MaxPollingInterval,
            Base64 = (settings[Queues + "messageEncoding"]?.ToUpperInvariant() ?? "BASE64") switch
            {
                "BASE64" => true,
                "NONE" => false,
                _ => throw Bad(Queues + "messageEncoding", settings[Queues + "messageEncoding"], "\"base64\" or \"none\""),
            },
        };
    }

    private static string RoutePrefix(IConfiguration settings)
    {
        var prefix = (settings[Http + "routePrefix"] ?? "api").Trim('/');
        return prefix.IndexOfAny(['{', '}', '?', '*', '#', ' ']) < 0
            ? prefix
            : throw Bad(Http + "routePrefix", prefix, "a path such as \"api\", or \"\" for none");
    }

    private static Dictionary<string, LogLevel> LogLevels(IConfigurationSection section) =>
        // A category may hold dots but never a colon, so the flattened keys are the categories themselves.
        section.AsEnumerable(makePathsRelative: true).Where(l => l.Value is not null).ToDictionary(
            l => l.Key,
            l => Enum.TryParse<LogLevel>(l.Value, ignoreCase: true, out var level) && Enum.IsDefined(level)
                ? level
                : throw Bad("logging:logLevel:" + l.Key, l.Value, string.Join(", ", Enum.GetNames<LogLevel>())));

    private static int? Number(IConfiguration settings, string key, int least, int most) => settings[key] switch
    {
        null => null,
        var text when int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            && number >= least && number <= most => number,
        var text => throw Bad(key, text, $"a whole number from {least} to {most}"),
    };

    private static TimeSpan? Duration(IConfiguration settings, string key, TimeSpan least, TimeSpan most) => settings[key] switch
    {
        null => null,
        var text when TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var span) && span >= least && span <= most => span,
        var text => throw Bad(key, text, $"a duration from {least:c} to {most:c} as \"hh:mm:ss\""),
    };

    private static bool IsUnknown(string key) =>
        !Used.Contains(key, StringComparer.OrdinalIgnoreCase)
        && !Accepted.Any(a => key.Equals(a, StringComparison.OrdinalIgnoreCase) || key.StartsWith(a + ":", StringComparison.OrdinalIgnoreCase));

    private static string Dotted(string key) => key.Replace(':', '.');

    private static HostStartException Bad(string key, string? value, string expected) =>
        new($"host.json: {Dotted(key)} is {(value is null ? "missing" : $"\"{value}\"")}; it must be {expected}.");
}
