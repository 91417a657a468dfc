using System.Collections.Frozen;
using System.Reflection;
using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;

namespace ChatLoop.App.Page;

/// <summary>The page's files, which travel inside the assembly: a name that is not among them does not exist, whatever path it spells.</summary>
internal static class PageFiles
{
    public const string Index = "index.html";

    public const string Labeling = "labeling.html";

    public const string Dashboard = "dashboard.html";

    public const string Improvements = "improvements.html";

    private const string Prefix = "Page/";

    private static readonly FrozenDictionary<string, PageFile> All = Assembly.GetExecutingAssembly().GetManifestResourceNames()
        .Where(resource => resource.StartsWith(Prefix, StringComparison.Ordinal))
        .ToFrozenDictionary(resource => resource[Prefix.Length..], Read, StringComparer.Ordinal);

    public static IEnumerable<string> Names => All.Keys;

    public static PageFile? Find(string name) => All.GetValueOrDefault(name);

    private static PageFile Read(string resource)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(resource)!;
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        var tag = Convert.ToHexStringLower(SHA256.HashData(content).AsSpan(0, 8));
        return new PageFile(content, ContentTypeOf(resource), new EntityTagHeaderValue($"\"{tag}\""));
    }

    private static string ContentTypeOf(string resource) => Path.GetExtension(resource) switch
    {
        ".html" => "text/html; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".svg" => "image/svg+xml",
        var other => throw new InvalidOperationException($"Page/Files holds a {other} file; give it a content type in {nameof(PageFiles)}."),
    };
}
