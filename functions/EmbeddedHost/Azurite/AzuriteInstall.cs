using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Azure.Functions.Worker.Hosting;
using Microsoft.Extensions.Logging;

namespace Microsoft.Azure.Functions.Worker.Azurite;

/// <summary>The pinned <c>azurite</c> npm package in the user's data folder, one folder for each lock file.</summary>
internal sealed class AzuriteInstall(string folder, ILogger logger)
{
    private static readonly string[] Files = ["package.json", "package-lock.json", "leash.cjs"];

    // In a folder's name, so that a new version installs beside the old one, which another app may be running.
    private readonly string _folder = Path.Combine(folder, Convert.ToHexStringLower(SHA256.HashData(Content("package-lock.json")))[..12]);

    public static string Version { get; } = ReadVersion();

    /// <summary>The script that runs Azurite, relative to nothing: start it with node.</summary>
    public string Script => Path.Combine(_folder, "leash.cjs");

    /// <summary>Installs it unless a whole installation is there; one that was interrupted is made again. One process at a time.</summary>
    public async Task EnsureAsync(CancellationToken cancellationToken)
    {
        // Written last: its presence says that npm came to its end.
        var done = Path.Combine(_folder, "installed");
        if (File.Exists(done))
        {
            WriteFiles();
            return;
        }
        Logs.InstallingAzurite(logger, Version, _folder);
        if (Directory.Exists(_folder))
            Directory.Delete(_folder, recursive: true);
        Directory.CreateDirectory(_folder);
        WriteFiles();
        await NpmAsync(cancellationToken);
        await File.WriteAllTextAsync(done, Version, cancellationToken);
    }

    private void WriteFiles()
    {
        foreach (var file in Files)
        {
            var path = Path.Combine(_folder, file);
            var content = Content(file);
            if (!File.Exists(path) || !File.ReadAllBytes(path).AsSpan().SequenceEqual(content))
                File.WriteAllBytes(path, content);
        }
    }

    private async Task NpmAsync(CancellationToken cancellationToken)
    {
        // Windows has npm as a script, which only its shell starts. No install scripts run: Azurite needs none.
        string[] command = OperatingSystem.IsWindows() ? ["cmd.exe", "/c", "npm"] : ["npm"];
        var start = new ProcessStartInfo(command[0], [.. command[1..], "ci", "--ignore-scripts", "--no-audit", "--no-fund"])
        {
            WorkingDirectory = _folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var npm = AzuriteProcess.Start(start);
        var output = npm.StandardOutput.ReadToEndAsync(cancellationToken);
        var errors = npm.StandardError.ReadToEndAsync(cancellationToken);
        try
        {
            await npm.WaitForExitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            npm.Kill(entireProcessTree: true);
            throw;
        }
        await output;
        if (npm.ExitCode != 0)
            throw new HostStartException($"npm could not install Azurite {Version} ({FirstError(await errors)}): check the network and npm's registry, or set AzureWebJobsStorage to a storage account.");
    }

    private static string FirstError(string errors) => errors.Split('\n')
        .Select(line => line.Replace("npm error", "", StringComparison.Ordinal).Trim())
        .FirstOrDefault(line => line.Length > 0 && !line.StartsWith("npm warn", StringComparison.Ordinal)) ?? "no reason given";

    private static byte[] Content(string file)
    {
        using var stream = typeof(AzuriteInstall).Assembly.GetManifestResourceStream("Azurite/" + file)!;
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        return content;
    }

    private static string ReadVersion()
    {
        using var package = JsonDocument.Parse(Content("package.json"));
        return package.RootElement.GetProperty("dependencies").GetProperty("azurite").GetString()!;
    }
}
