using System.Diagnostics;
using System.Text.Json.Nodes;

namespace ChatLoop.Inference.Tests.HuggingFace;

/// <summary>Runs tests/HuggingFace/check.mjs; its packages are installed from the lock file where they are missing.</summary>
internal static class NodeCheck
{
    private static readonly string Folder = Repository.Path("tests/HuggingFace");
    private static readonly Lazy<Task<string?>> Missing = new(PrepareAsync);

    /// <summary>What the script prints about a model folder. Skips the test where Node.js or its packages cannot be had.</summary>
    public static async Task<JsonNode> RunAsync(string modelFolder)
    {
        var missing = await Missing.Value;
        Skip.If(missing is not null, missing);
        var (exit, output, error) = await RunAsync("node", "check.mjs", modelFolder);
        Assert.True(exit == 0, error);
        return JsonNode.Parse(output)!;
    }

    private static async Task<string?> PrepareAsync()
    {
        if (!OnPath("node")) return "Node.js is not installed.";
        if (Directory.Exists(Path.Combine(Folder, "node_modules", "@huggingface", "transformers"))) return null;
        if (!OnPath("npm")) return "npm is not installed.";

        // Without scripts: onnxruntime-node's own would download CUDA libraries.
        var (exit, _, error) = await RunAsync("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund");
        return exit == 0 ? null : $"npm ci failed in {Folder}: {error}";
    }

    private static bool OnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, OperatingSystem.IsWindows() ? program + ".exe" : program)));

    private static async Task<(int Exit, string Output, string Error)> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { WorkingDirectory = Folder, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output, await error);
    }
}
