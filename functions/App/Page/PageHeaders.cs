using Microsoft.AspNetCore.Http;

namespace ChatLoop.App.Page;

/// <summary>The headers that every answer of the page carries, 304 and 404 among them.</summary>
internal static class PageHeaders
{
    // Nothing but our own files: a model's answer that got into the markup after all could neither run nor load anything.
    private const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; " +
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    public static void Write(IHeaderDictionary headers)
    {
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        // Kept by the browser but asked for each time, so that a new version of the app is never mixed with old files.
        headers.CacheControl = "no-cache";
    }
}
