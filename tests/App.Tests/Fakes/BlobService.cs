using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security;
using System.Text;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Storage.Blobs;

namespace ChatLoop.App.Tests.Fakes;

/// <summary>As much of Blob Storage's protocol as the app uses, in memory: put, append, get, delete, list, and the conditions of ETag and append position.</summary>
internal sealed class BlobService : HttpMessageHandler
{
    private readonly ConcurrentDictionary<string, (byte[] Content, int Version, DateTimeOffset Written)> blobs = [];
    private readonly Lock gate = new();
    private int version;

    /// <summary>Called before each request is served: to let another writer in, or to fail.</summary>
    public Func<HttpRequestMessage, HttpResponseMessage?> Before { get; set; } = _ => null;

    public DateTimeOffset Now { get; set; } = DateTimeOffset.UnixEpoch;

    public IEnumerable<string> Names => blobs.Keys.Select(path => path.TrimStart('/').Split('/', 2)[1]).Order(StringComparer.Ordinal);

    /// <summary>All that is stored.</summary>
    public string Text => string.Join('\n', blobs.Values.Select(blob => Encoding.UTF8.GetString(blob.Content)));

    /// <param name="crash">Sees every request.</param>
    public BlobContainerClient Container(Crash? crash = null)
    {
        var options = new BlobClientOptions { Transport = new HttpClientTransport(new HttpClient(this, disposeHandler: false)), Retry = { MaxRetries = 0 } };
        if (crash is not null)
            options.AddPolicy(crash, HttpPipelinePosition.PerCall);
        return new(new Uri("http://blobs.test/conversations"), options);
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (Before(request) is { } other)
            return other;
        var path = Uri.UnescapeDataString(request.RequestUri!.AbsolutePath);
        var content = request.Content is null ? [] : await request.Content.ReadAsByteArrayAsync(cancellationToken);
        lock (gate)
        {
            return request.Method.Method switch
            {
                "PUT" when request.RequestUri.Query.Contains("comp=appendblock", StringComparison.Ordinal) => Append(path, content, request.Headers),
                "PUT" => Put(path, content, request.Headers),
                "GET" when request.RequestUri.Query.Contains("comp=list", StringComparison.Ordinal) => List(request.RequestUri),
                "GET" => blobs.TryGetValue(path, out var blob) ? Get(blob.Content, blob.Version, request.Headers) : Error(HttpStatusCode.NotFound, "BlobNotFound"),
                "DELETE" => blobs.TryRemove(path, out _) ? new(HttpStatusCode.Accepted) : Error(HttpStatusCode.NotFound, "BlobNotFound"),
                var method => throw new NotSupportedException($"{method} {request.RequestUri}"),
            };
        }
    }

    public static HttpResponseMessage Error(HttpStatusCode status, string code)
    {
        var response = new HttpResponseMessage(status) { Content = new ByteArrayContent([]) };
        response.Headers.Add("x-ms-error-code", code);
        return response;
    }

    private HttpResponseMessage Put(string path, byte[] content, HttpRequestHeaders headers)
    {
        var exists = blobs.TryGetValue(path, out var blob);
        if (exists && headers.IfNoneMatch.Contains(EntityTagHeaderValue.Any))
            return Error(HttpStatusCode.Conflict, "BlobAlreadyExists");
        if (headers.IfMatch.Count > 0 && !(exists && headers.IfMatch.Contains(Tag(blob.Version))))
            return Error(HttpStatusCode.PreconditionFailed, "ConditionNotMet");
        blobs[path] = (content, ++version, Now);
        return Blob(HttpStatusCode.Created, version, []);
    }

    private HttpResponseMessage Append(string path, byte[] content, HttpRequestHeaders headers)
    {
        if (!blobs.TryGetValue(path, out var blob))
            return Error(HttpStatusCode.NotFound, "BlobNotFound");
        if (headers.TryGetValues("x-ms-blob-condition-appendpos", out var position) && long.Parse(position.Single(), CultureInfo.InvariantCulture) != blob.Content.Length)
            return Error(HttpStatusCode.PreconditionFailed, "AppendPositionConditionNotMet");
        blobs[path] = ([.. blob.Content, .. content], ++version, Now);
        var response = Blob(HttpStatusCode.Created, version, []);
        response.Headers.Add("x-ms-blob-append-offset", blob.Content.Length.ToString(CultureInfo.InvariantCulture));
        response.Headers.Add("x-ms-blob-committed-block-count", "1");
        return response;
    }

    private HttpResponseMessage Get(byte[] content, int tag, HttpRequestHeaders headers)
    {
        if (!headers.TryGetValues("x-ms-range", out var range))
            return Blob(HttpStatusCode.OK, tag, content);
        var from = (int)RangeHeaderValue.Parse(range.Single()).Ranges.Single().From!.Value;
        if (from >= content.Length)
            return Error(HttpStatusCode.RequestedRangeNotSatisfiable, "InvalidRange");
        var response = Blob(HttpStatusCode.PartialContent, tag, content[from..]);
        response.Content.Headers.ContentRange = new ContentRangeHeaderValue(from, content.Length - 1, content.Length);
        return response;
    }

    private HttpResponseMessage List(Uri address)
    {
        var prefix = "/conversations/" + System.Web.HttpUtility.ParseQueryString(address.Query)["prefix"];
        var xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"utf-8\"?><EnumerationResults><Blobs>");
        foreach (var (path, blob) in blobs.Where(blob => blob.Key.StartsWith(prefix, StringComparison.Ordinal)))
        {
            xml.Append(CultureInfo.InvariantCulture, $"<Blob><Name>{SecurityElement.Escape(path["/conversations/".Length..])}</Name><Properties>")
                .Append(CultureInfo.InvariantCulture, $"<Last-Modified>{blob.Written:R}</Last-Modified><Etag>{blob.Version}</Etag></Properties></Blob>");
        }

        return new(HttpStatusCode.OK) { Content = new StringContent(xml.Append("</Blobs><NextMarker /></EnumerationResults>").ToString(), Encoding.UTF8, "application/xml") };
    }

    private HttpResponseMessage Blob(HttpStatusCode status, int tag, byte[] content)
    {
        var response = new HttpResponseMessage(status) { Content = new ByteArrayContent(content) };
        response.Headers.ETag = Tag(tag);
        response.Content.Headers.LastModified = Now;
        return response;
    }

    private static EntityTagHeaderValue Tag(int tag) => new($"\"{tag}\"");
}
