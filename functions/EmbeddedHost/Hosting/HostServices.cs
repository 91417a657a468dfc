using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Azure.Functions.Worker.Azurite;
using Microsoft.Azure.Functions.Worker.Http;
using Microsoft.Azure.Functions.Worker.Invocations;
using Microsoft.Azure.Functions.Worker.Queues;
using Microsoft.Azure.Functions.Worker.Settings;
using Microsoft.Azure.Functions.Worker.Storage;
using Microsoft.Azure.Functions.Worker.Timers;
using Microsoft.DurableTask;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace Microsoft.Azure.Functions.Worker.Hosting;

/// <summary>
/// What the host is composed of. Hosted services start in the order they are added and stop in reverse: storage, then the
/// app's own services, then the listeners, then HTTP.
/// </summary>
internal static class HostServices
{
    /// <summary>Requests of up to 100 MB, as on Azure.</summary>
    private const long LargestRequest = 104_857_600;

    public static void AddEmbeddedHostSources(this ConfigurationManager configuration, LocalSettings local, string[] args) => configuration
        .AddInMemoryCollection([new(StorageConnection.Default, "UseDevelopmentStorage=true")])
        .AddInMemoryCollection(local.Values)
        .AddEnvironmentVariables()
        .AddCommandLine(args);

    public static void AddEmbeddedHost(this WebApplicationBuilder web, HostSetup setup, HostJson hostJson, HostAddress address)
    {
        web.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            address.Listen(kestrel);
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = web.Configuration.GetValue("FUNCTIONS_REQUEST_BODY_SIZE_LIMIT", LargestRequest);
        });
        var phase = new StartPhase();
        AddConsole(web.Logging, hostJson, phase);

        var services = web.Services;
        services.AddRouting();
        services.AddMvcCore();
        services.AddHttpContextAccessor();
        services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(8));
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(phase);
        services.AddSingleton(hostJson);
        services.AddSingleton(provider => DataFolder.For(setup.AppName, provider.GetRequiredService<IConfiguration>()));
        services.AddSingleton<HostDrain>();
        services.AddSingleton<HostLog>();
        services.AddSingleton<FunctionInvoker>();
        services.AddSingleton<FunctionKeys>();
        services.AddSingleton<HttpFunctions>();
        services.AddSingleton<QueueClients>();
        services.AddSingleton<QueueSender>();
        services.AddSingleton<QueueMessageProcessor>();
        services.AddSingleton<AzuriteProcess>();
        services.AddSingleton<StorageReady>();
        services.AddHostedService<StorageStart>();
    }

    /// <summary>Added last, so that nothing is triggered before the app's own services have started.</summary>
    public static void AddListeners(this IServiceCollection services)
    {
        services.AddDurableTask();
        services.AddSingleton<QueueFunctions>();
        services.AddHostedService(provider => provider.GetRequiredService<QueueFunctions>());
        services.AddSingleton<TimerFunctions>();
        services.AddHostedService(provider => provider.GetRequiredService<TimerFunctions>());
    }

    private static void AddConsole(ILoggingBuilder logging, HostJson hostJson, StartPhase phase)
    {
        logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.TimestampFormat = "HH:mm:ss ";
            console.ColorBehavior = LoggerColorBehavior.Default;
        });
        logging.AddFilter("Microsoft", LogLevel.Warning);
        logging.AddFilter(StartPhase.HostCategory, level => level >= LogLevel.Warning && phase.IsOver);
        logging.AddFilter("System", LogLevel.Warning);
        logging.AddFilter("Azure", LogLevel.Warning);
        foreach (var (category, level) in hostJson.LogLevels)
        {
            if (category.Equals("default", StringComparison.OrdinalIgnoreCase))
                logging.SetMinimumLevel(level);
            else
                logging.AddFilter(category, level);
        }
    }
}
