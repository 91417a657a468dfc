using System.Reflection;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker.Invocations;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Microsoft.Azure.Functions.Worker.Http;

/// <summary>Fills the parameters of HTTP functions: the request, its body, route and query values by name.</summary>
internal static class HttpParameters
{
    public static ParameterSource? Of(ParameterInfo parameter, bool isTrigger)
    {
        var type = parameter.ParameterType;
        if (type == typeof(HttpRequest))
            return invocation => new(Http(invocation).Request);
        if (type == typeof(HttpContext))
            return invocation => new(Http(invocation));
        if (parameter.IsDefined(typeof(FromBodyAttribute)))
            return invocation => ReadBodyAsync(Http(invocation), type);
        if (isTrigger || ParameterSources.Named(parameter) is not { } named)
            return null;
        return invocation =>
        {
            try
            {
                return named(invocation);
            }
            catch (FormatException e)
            {
                throw new BadHttpRequestException($"{parameter.Name}: {e.Message}", e);
            }
        };
    }

    private static HttpContext Http(Invocation invocation) => (HttpContext)invocation.Trigger.Payload;

    private static async ValueTask<object?> ReadBodyAsync(HttpContext http, Type type)
    {
        if (type == typeof(string))
        {
            using var reader = new StreamReader(http.Request.Body, leaveOpen: true);
            return await reader.ReadToEndAsync(http.RequestAborted);
        }
        try
        {
            var options = http.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.JsonSerializerOptions;
            return await JsonSerializer.DeserializeAsync(http.Request.Body, type, options, http.RequestAborted)
                ?? throw new BadHttpRequestException("The body must not be null.");
        }
        catch (JsonException e)
        {
            // The serializer's own message names the path and the line, and nothing of the app but type names.
            throw new BadHttpRequestException($"The body does not read as JSON for this request{(e.Path is null ? "" : $" at {e.Path}")}.", e);
        }
    }
}
