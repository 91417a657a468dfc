using System.Data.Common;
using System.Net;
using System.Net.Sockets;

namespace Microsoft.Azure.Functions.Worker.Storage;

/// <summary>The storage emulator's three ports, where a connection string means the emulator on this machine.</summary>
internal sealed record DevelopmentStorage(int BlobPort, int QueuePort, int TablePort)
{
    private const string Account = "devstoreaccount1";

    public IReadOnlyList<int> Ports => [BlobPort, QueuePort, TablePort];

    public override string ToString() => string.Join(", ", Ports);

    /// <summary><c>UseDevelopmentStorage=true</c>, or the emulator's account at loopback addresses; null for any other account.</summary>
    public static DevelopmentStorage? Find(string connectionString)
    {
        var parts = new DbConnectionStringBuilder();
        try
        {
            parts.ConnectionString = connectionString;
        }
        catch (ArgumentException)
        {
            // Not a connection string at all; the client's check says so with the setting's name.
            return null;
        }
        if (parts.TryGetValue("UseDevelopmentStorage", out var use) && bool.TryParse(use.ToString(), out var isDevelopment) && isDevelopment)
            return parts.ContainsKey("DevelopmentStorageProxyUri") ? null : new DevelopmentStorage(10000, 10001, 10002);
        if (!parts.TryGetValue("AccountName", out var account) || account.ToString() != Account)
            return null;
        var blob = LoopbackPort(parts, "BlobEndpoint");
        var queue = LoopbackPort(parts, "QueueEndpoint");
        var table = LoopbackPort(parts, "TableEndpoint");
        if ((blob ?? queue ?? table) is null)
            return null;
        // An endpoint that is not named is not used; the ports stand together as Azurite's defaults do.
        var first = blob ?? (queue is { } q ? q - 1 : table!.Value - 2);
        return new DevelopmentStorage(first, queue ?? first + 1, table ?? first + 2);
    }

    public static async Task<bool> IsListeningAsync(int port, CancellationToken cancellationToken)
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(IPAddress.Loopback, port, cancellationToken);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    /// <summary>The first of the ports that somebody listens on; null when all are free.</summary>
    public async Task<int?> FindBusyPortAsync(CancellationToken cancellationToken)
    {
        foreach (var port in Ports)
        {
            if (await IsListeningAsync(port, cancellationToken))
                return port;
        }
        return null;
    }

    private static int? LoopbackPort(DbConnectionStringBuilder parts, string endpoint) =>
        parts.TryGetValue(endpoint, out var text) && Uri.TryCreate(text.ToString(), UriKind.Absolute, out var uri)
        && (uri.IsLoopback || IPAddress.TryParse(uri.Host, out var address) && IPAddress.IsLoopback(address))
            ? uri.Port
            : null;
}
