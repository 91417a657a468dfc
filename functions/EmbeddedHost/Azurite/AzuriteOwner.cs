using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Microsoft.Azure.Functions.Worker.Azurite;

/// <summary>
/// Remembers which host started the Azurite on a port. After <c>kill -9</c> of that host its Azurite is about to save and
/// stop: the next host must not take it for one that stays.
/// </summary>
internal sealed class AzuriteOwner(string file)
{
    private static readonly TimeSpan LongestLeave = TimeSpan.FromSeconds(8);

    public void Write(int azurite)
    {
        using var self = Process.GetCurrentProcess();
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, string.Create(CultureInfo.InvariantCulture, $"{self.Id} {self.StartTime.Ticks} {azurite}"));
    }

    /// <summary>Waits for an orphan on the port to go; false when whoever listens there is nobody's orphan.</summary>
    public async Task<bool> LeavesAsync(int port, CancellationToken cancellationToken)
    {
        if (Read() is not { } owner || IsAlive(owner.Host, owner.HostStart) || !IsAlive(owner.Azurite, null))
            return false;
        var waited = Stopwatch.StartNew();
        while (waited.Elapsed < LongestLeave)
        {
            using var client = new TcpClient();
            try
            {
                await client.ConnectAsync(IPAddress.Loopback, port, cancellationToken);
            }
            catch (SocketException)
            {
                return true;
            }
            await Task.Delay(TimeSpan.FromMilliseconds(100), cancellationToken);
        }
        return false;
    }

    private (int Host, long HostStart, int Azurite)? Read()
    {
        if (!File.Exists(file))
            return null;
        var parts = File.ReadAllText(file).Split(' ');
        return parts.Length == 3 && int.TryParse(parts[0], CultureInfo.InvariantCulture, out var host)
            && long.TryParse(parts[1], CultureInfo.InvariantCulture, out var start) && int.TryParse(parts[2], CultureInfo.InvariantCulture, out var azurite)
            ? (host, start, azurite)
            : null;
    }

    /// <param name="start">Tells a process from a later one with the same id; a second of difference is the clock's.</param>
    private static bool IsAlive(int id, long? start)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            return !process.HasExited && (start is null || Math.Abs(process.StartTime.Ticks - start.Value) < TimeSpan.TicksPerSecond);
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
