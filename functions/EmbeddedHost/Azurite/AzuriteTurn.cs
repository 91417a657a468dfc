namespace Microsoft.Azure.Functions.Worker.Azurite;

/// <summary>Of the hosts that start at once, one installs and starts Azurite; the others wait, and find it.</summary>
internal static class AzuriteTurn
{
    /// <summary>The turn lasts until the file is disposed, or its holder ends in whatever way.</summary>
    public static async Task<FileStream> TakeAsync(string folder, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        while (true)
        {
            try
            {
                return new FileStream(Path.Combine(folder, "start.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(200), cancellationToken);
            }
        }
    }
}
