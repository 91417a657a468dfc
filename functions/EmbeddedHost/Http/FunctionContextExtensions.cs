using Microsoft.AspNetCore.Http;

namespace Microsoft.Azure.Functions.Worker;

public static class FunctionContextExtensions
{
    /// <summary>The ASP.NET Core request behind an HTTP-triggered invocation; null for any other trigger.</summary>
    public static HttpContext? GetHttpContext(this FunctionContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.Items.TryGetValue(HttpContextKey, out var value) ? value as HttpContext : null;
    }

    /// <summary>The official integration's own key, which some middleware reads.</summary>
    internal const string HttpContextKey = "HttpRequestContext";
}
