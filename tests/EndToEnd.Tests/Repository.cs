namespace ChatLoop.EndToEnd.Tests;

/// <summary>Where things lie in the checkout that these tests were built from.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    /// <summary>The app's own build output, of the configuration that the tests were built in.</summary>
    public static string AppAssembly { get; } = Output("App");

    public static string TrainerAssembly { get; } = Output("Training");

    private static string Output(string project) =>
        Path.Combine(Root, "functions", project, "bin", new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name, "net10.0", $"ChatLoop.{project}.dll");

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Functions.sln")))
                return folder.FullName;
        }
        throw new InvalidOperationException("Functions.sln was not found above the tests' output folder.");
    }
}
