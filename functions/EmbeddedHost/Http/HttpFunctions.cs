using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Azure.Functions.Worker.Hosting;
using Microsoft.Azure.Functions.Worker.Invocations;
using Microsoft.Azure.Functions.Worker.Queues;
using Microsoft.Azure.Functions.Worker.Settings;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.Azure.Functions.Worker.Http;

/// <summary>Answers requests by running the app's HTTP functions.</summary>
internal sealed class HttpFunctions(
    FunctionCatalog catalog, FunctionInvoker invoker, QueueSender queues, FunctionKeys keys, HostJson hostJson, IConfiguration settings, HostLog log)
{
    public IReadOnlyList<(FunctionDescriptor Function, HttpRoute Route)> Routes { get; } = Read(catalog, hostJson, settings);

    public void Map(WebApplication app)
    {
        if (hostJson.CustomHeaders.Count > 0)
            app.Use(AddCustomHeadersAsync);
        var policies = app.Services.GetRequiredService<ParameterPolicyFactory>();
        foreach (var (function, route) in Routes)
        {
            route.CheckConstraints(function.Name, policies);
            RequestDelegate handle = http => AnswerAsync(http, function);
            var endpoint = route.Methods.Count == 0 ? app.Map(route.Pattern, handle) : app.MapMethods(route.Pattern.RawText!, route.Methods, handle);
            endpoint.WithDisplayName(function.Name);
        }
    }

    /// <summary>Added when the answer starts: on failures and unknown paths too, and after an answer that was cleared.</summary>
    private Task AddCustomHeadersAsync(HttpContext http, RequestDelegate next)
    {
        http.Response.OnStarting(() =>
        {
            foreach (var (name, value) in hostJson.CustomHeaders)
                http.Response.Headers.TryAdd(name, value);
            return Task.CompletedTask;
        });
        return next(http);
    }

    private static List<(FunctionDescriptor Function, HttpRoute Route)> Read(FunctionCatalog catalog, HostJson hostJson, IConfiguration settings)
    {
        var routes = new List<(FunctionDescriptor Function, HttpRoute Route)>();
        foreach (var function in catalog.Functions)
        {
            if (function.Trigger is not HttpTriggerAttribute trigger)
                continue;
            if (trigger.AuthLevel == AuthorizationLevel.User)
                throw FunctionDiscovery.Bad(function.Name, "AuthorizationLevel.User is not supported; use Anonymous, Function, System or Admin");
            var path = SettingReference.Resolve(trigger.Route ?? function.Name, settings, function.Name);
            var route = HttpRoute.Parse(function.Name, hostJson.RoutePrefix, path, trigger.Methods ?? []);
            if (routes.FirstOrDefault(r => r.Route.ClashesWith(route)) is { Function: { } other })
                throw FunctionDiscovery.Bad(function.Name, $"its route \"{route.Path}\" is also that of '{other.Name}'; give one another route or method");
            routes.Add((function, route));
        }
        return routes;
    }

    private async Task AnswerAsync(HttpContext http, FunctionDescriptor function)
    {
        if (!keys.Allow(((HttpTriggerAttribute)function.Trigger).AuthLevel, function.Name, http.Request))
        {
            http.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        await using var invocation = invoker.Begin(function, new TriggerEvent(http, BindingData(http)), http.RequestAborted);
        invocation.Items[FunctionContextExtensions.HttpContextKey] = http;
        try
        {
            await log.RunAsync(invocation, async () =>
            {
                var result = await invocation.RunAsync();
                await queues.SendAsync(function, result, invocation.CancellationToken);
                await HttpResults.WriteAsync(http, function.Outputs.ForHttp(result));
            });
        }
        catch (BadHttpRequestException e) when (!http.Response.HasStarted)
        {
            http.Response.StatusCode = e.StatusCode;
            http.Response.ContentType = "text/plain; charset=utf-8";
            await http.Response.WriteAsync(e.Message, http.RequestAborted);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // The client has gone: there is nobody to answer, and HostLog has told it.
        }
        catch (Exception) when (!http.Response.HasStarted)
        {
            http.Response.Clear();
            http.Response.StatusCode = StatusCodes.Status500InternalServerError;
        }
        catch (Exception)
        {
            // Half an answer is out; a cut connection tells the client that it is not whole.
            http.Abort();
        }
    }

    private static Dictionary<string, object?> BindingData(HttpContext http)
    {
        var data = new Dictionary<string, object?>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, values) in http.Request.Query)
            data[name] = values.ToString();
        foreach (var (name, value) in http.Request.RouteValues)
            data[name] = value;
        return data;
    }
}
