using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security;
using System.Text;
using Azure.Core.Pipeline;
using Azure.Storage.Blobs;

namespace ChatLoop.App.Tests.Fakes;

/// <summary>As much of Blob Storage's protocol as the app uses, in memory: put, get, delete, list, and the ETag conditions.</summary>
internal sealed class BlobService : HttpMessageHandler
{
    private readonly ConcurrentDictionary<string, (byte[] Content, int Version, DateTimeOffset Written)> blobs = [];
    private readonly Lock gate = new();
    private int version;

    /// <summary>Called before each request is served: to let another writer in, or to fail.</summary>
    public Func<HttpRequestMessage, HttpResponseMessage?> Before { get; set; } = _ => null;

    public DateTimeOffset Now { get; set; } = DateTimeOffset.UnixEpoch;

    public IEnumerable<string> Names => blobs.Keys.Select(path => path.TrimStart('/').Split('/', 2)[1]).Order(StringComparer.Ordinal);

    public BlobContainerClient Container() => new(
        new Uri("http://blobs.test/conversations"),
        new BlobClientOptions { Transport = new HttpClientTransport(new HttpClient(this, disposeHandler: false)), Retry = { MaxRetries = 0 } });

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
                "PUT" => Put(path, content, request.Headers),
                "GET" when request.RequestUri.Query.Contains("comp=list", StringComparison.Ordinal) => List(request.RequestUri),
                "GET" => blobs.TryGetValue(path, out var blob) ? Blob(HttpStatusCode.OK, blob.Version, blob.Content) : Error(HttpStatusCode.NotFound, "BlobNotFound"),
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
