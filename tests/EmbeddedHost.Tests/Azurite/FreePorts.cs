using System.Net;
using System.Net.Sockets;
using Microsoft.Azure.Functions.Worker.Storage;

namespace ChatLoop.EmbeddedHost.Tests.Azurite;

/// <summary>Ports that nobody listens on, for hosts and emulators of the test's own.</summary>
internal static class FreePorts
{
    public static int One() => Take(1)[0];

    public static DevelopmentStorage Emulator()
    {
        var ports = Take(3);
        return new DevelopmentStorage(ports[0], ports[1], ports[2]);
    }

    /// <summary>The connection string for an emulator at these ports; the account and its key are Azurite's well-known ones.</summary>
    public static string ConnectionString(DevelopmentStorage emulator) => string.Join(';',
        "DefaultEndpointsProtocol=http",
        "AccountName=devstoreaccount1",
        "AccountKey=Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==",
        $"BlobEndpoint=http://127.0.0.1:{emulator.BlobPort}/devstoreaccount1",
        $"QueueEndpoint=http://127.0.0.1:{emulator.QueuePort}/devstoreaccount1",
        $"TableEndpoint=http://127.0.0.1:{emulator.TablePort}/devstoreaccount1");

    private static int[] Take(int count)
    {
        var listeners = Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToList();
        listeners.ForEach(listener => listener.Start());
        var ports = listeners.Select(listener => ((IPEndPoint)listener.LocalEndpoint).Port).ToArray();
        listeners.ForEach(listener => listener.Stop());
        return ports;
    }
}
