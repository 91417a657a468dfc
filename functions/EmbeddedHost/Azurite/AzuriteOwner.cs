using System.Diagnostics;
using System.Globalization;

namespace Microsoft.Azure.Functions.Worker.Azurite;

/// <summary>
/// Remembers which host started the Azurite on a port. After <c>kill -9</c> of that host its Azurite saves and ends: the next
/// host must neither take it for one that stays, nor start another on the data before it is saved. The file goes as the
/// last thing that Azurite does (leash.cjs).
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

    /// <summary>Waits for an Azurite whose host is gone to end; returns at once when there is none.</summary>
    public async Task UntilOrphanEndsAsync(CancellationToken cancellationToken)
    {
        var waited = Stopwatch.StartNew();
        while (waited.Elapsed < LongestLeave && Read() is { } owner && !IsAlive(owner.Host, owner.HostStart) && IsAlive(owner.Azurite, null))
            await Task.Delay(TimeSpan.FromMilliseconds(100), cancellationToken);
    }

    private (int Host, long HostStart, int Azurite)? Read()
    {
        string[] parts;
        try
        {
            parts = File.ReadAllText(file).Split(' ');
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
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
