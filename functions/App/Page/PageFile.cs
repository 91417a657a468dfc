using Microsoft.Net.Http.Headers;

namespace ChatLoop.App.Page;

/// <summary>One file of the page as it goes over the wire.</summary>
internal sealed record PageFile(byte[] Content, string ContentType, EntityTagHeaderValue EntityTag);
