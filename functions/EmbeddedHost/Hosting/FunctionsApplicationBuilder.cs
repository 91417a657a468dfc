using Microsoft.AspNetCore.Builder;
using Microsoft.Azure.Functions.Worker.Hosting;
using Microsoft.Azure.Functions.Worker.Http;
using Microsoft.Azure.Functions.Worker.Invocations;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Azure.Functions.Worker.Settings;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Microsoft.Azure.Functions.Worker.Builder;

/// <summary>Collects services, settings and middleware, and builds the host that runs the app's functions.</summary>
public class FunctionsApplicationBuilder : IHostApplicationBuilder, IFunctionsWorkerApplicationBuilder
{
    private readonly HostSetup _setup;
    private readonly WebApplicationBuilder _web;
    private readonly HostJson _hostJson;
    private readonly HostAddress _address;
    private readonly List<Func<FunctionExecutionDelegate, FunctionExecutionDelegate>> _middleware = [];

    internal FunctionsApplicationBuilder(HostSetup setup)
    {
        _setup = setup;
        var local = LocalSettings.Read(setup.ScriptRoot);
        _web = WebApplication.CreateEmptyBuilder(new WebApplicationOptions
        {
            ApplicationName = setup.AppName,
            ContentRootPath = setup.ScriptRoot,
            // A developer's machine unless said otherwise, as with func start.
            EnvironmentName = System.Environment.GetEnvironmentVariable("AZURE_FUNCTIONS_ENVIRONMENT") ?? Environments.Development,
        });
        _web.Configuration.AddEmbeddedHostSources(local, setup.Args);
        _hostJson = HostJson.Read(setup.ScriptRoot, _web.Configuration);
        _address = HostAddress.Read(_web.Configuration, local);
        _web.AddEmbeddedHost(setup, _hostJson, _address);
    }

    public IDictionary<object, object> Properties => ((IHostApplicationBuilder)_web).Properties;

    public ConfigurationManager Configuration => _web.Configuration;

    IConfigurationManager IHostApplicationBuilder.Configuration => _web.Configuration;

    public IHostEnvironment Environment => _web.Environment;

    public ILoggingBuilder Logging => _web.Logging;

    public IMetricsBuilder Metrics => _web.Metrics;

    public IServiceCollection Services => _web.Services;

    public void ConfigureContainer<TContainerBuilder>(
        IServiceProviderFactory<TContainerBuilder> factory, Action<TContainerBuilder>? configure = null)
        where TContainerBuilder : notnull =>
        ((IHostApplicationBuilder)_web).ConfigureContainer(factory, configure);

    /// <summary>Adds middleware around every invocation but orchestrators'; the first added is the outermost.</summary>
    public IFunctionsWorkerApplicationBuilder Use(Func<FunctionExecutionDelegate, FunctionExecutionDelegate> middleware)
    {
        ArgumentNullException.ThrowIfNull(middleware);
        _middleware.Add(middleware);
        return this;
    }

    public IHost Build()
    {
        var functions = FunctionDiscovery.Find(_setup.FunctionTypes);
        if (functions.Any(f => f.Trigger is HttpTriggerAttribute) && !Properties.ContainsKey(FunctionsApplicationBuilderAspNetCoreExtensions.Key))
            throw new HostStartException("The app has HTTP functions: call builder.ConfigureFunctionsWebApplication() in Program.cs.");
        Services.AddSingleton(new FunctionCatalog(functions));
        Services.AddSingleton(new FunctionMiddleware(_middleware));
        Services.AddListeners();

        var app = _web.Build();
        // Whatever is wrong with a function's route, queue or schedule shows here, before anything starts.
        app.Services.GetRequiredService<HttpFunctions>().Map(app);
        var banner = ActivatorUtilities.CreateInstance<StartBanner>(app.Services, _setup.Output);
        if (_hostJson.Unknown.Count > 0)
            Logs.UnknownSettings(app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Host"), string.Join(", ", _hostJson.Unknown));
        RefuseOpenKeys(app.Services, functions);
        return new FunctionsHost(app, _address, app.Services.GetRequiredService<StartPhase>(), banner);
    }

    /// <summary>Functions that ask for a key stay unlocked on the developer's own machine only.</summary>
    private void RefuseOpenKeys(IServiceProvider services, IReadOnlyList<FunctionDescriptor> functions)
    {
        if (_address.IsLocal || services.GetRequiredService<FunctionKeys>().AreChecked)
            return;
        if (functions.FirstOrDefault(f => f.Trigger is HttpTriggerAttribute { AuthLevel: not AuthorizationLevel.Anonymous }) is { } locked)
            throw FunctionDiscovery.Bad(locked.Name, "it asks for a key, none is set, and EmbeddedHost__Address opens it to the network; set EmbeddedHost__Keys__Master (and others), or listen on localhost");
    }
}
