namespace ChatLoop.Training.Export;

/// <summary>Writes a folder whole or not at all.</summary>
internal static class WholeFolder
{
    /// <summary>Fills a folder beside <paramref name="folder"/> first and puts it in place of what was there by renaming.</summary>
    public static void Write(string folder, Action<string> fill)
    {
        folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        var draft = $"{folder}.{Guid.NewGuid():N}.new";
        try
        {
            Directory.CreateDirectory(draft);
            fill(draft);
            Replace(folder, draft);
        }
        finally
        {
            if (Directory.Exists(draft)) Directory.Delete(draft, recursive: true);
        }
    }

    private static void Replace(string folder, string draft)
    {
        if (!Directory.Exists(folder))
        {
            Directory.Move(draft, folder);
            return;
        }

        var former = $"{folder}.{Guid.NewGuid():N}.old";
        Directory.Move(folder, former);
        Directory.Move(draft, folder);
        Directory.Delete(former, recursive: true);
    }
}
