using System.Data.Common;
using System.Net;

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

    private static int? LoopbackPort(DbConnectionStringBuilder parts, string endpoint) =>
        parts.TryGetValue(endpoint, out var text) && Uri.TryCreate(text.ToString(), UriKind.Absolute, out var uri)
        && (uri.IsLoopback || IPAddress.TryParse(uri.Host, out var address) && IPAddress.IsLoopback(address))
            ? uri.Port
            : null;
}
