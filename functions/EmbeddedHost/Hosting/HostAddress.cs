using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Azure.Functions.Worker.Settings;
using Microsoft.Extensions.Configuration;

namespace Microsoft.Azure.Functions.Worker.Hosting;

/// <summary>Where the host listens: <c>--port</c>, then Host.LocalHttpPort of local.settings.json, then 7071; on this machine only unless <c>EmbeddedHost__Address</c> says otherwise.</summary>
/// <param name="Ip">Null for localhost.</param>
/// <param name="Port">0 for a free one.</param>
internal sealed record HostAddress(IPAddress? Ip, int Port)
{
    public bool IsLocal => Ip is null || IPAddress.IsLoopback(Ip);

    public static HostAddress Read(IConfiguration settings, LocalSettings local)
    {
        var port = LocalSettings.Port(settings["port"], "--port") ?? local.LocalHttpPort ?? 7071;
        return settings["EmbeddedHost:Address"] switch
        {
            null or "" or "localhost" => new HostAddress(null, port),
            "*" => new HostAddress(IPAddress.Any, port),
            var text when IPAddress.TryParse(text, out var ip) => new HostAddress(ip, port),
            var text => throw new HostStartException($"EmbeddedHost__Address is \"{text}\"; it must be localhost, or an IP address such as 0.0.0.0."),
        };
    }

    public void Listen(KestrelServerOptions kestrel)
    {
        if (Ip is not null)
            kestrel.Listen(Ip, Port);
        else if (Port == 0)
            // A free port cannot be found for both of localhost's addresses at once.
            kestrel.Listen(IPAddress.Loopback, 0);
        else
            kestrel.ListenLocalhost(Port);
    }
}
