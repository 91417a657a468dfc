using System.Net;
using System.Net.Sockets;

namespace ChatLoop.EndToEnd.Tests;

/// <summary>What the app cannot start without ends the start with one line and a non-zero exit. Only for an app that the tests start themselves.</summary>
[Collection(RunningAppCollection.Name)]
public sealed class FailingStartTests(RunningApp app) : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("chatloop-e2e-");

    public void Dispose() => folder.Delete(recursive: true);

    [SkippableTheory]
    [InlineData("Inference__ModelPath", "models/none", "models/none")]
    [InlineData("Moderation__ModelPath", "models/none", "models/none")]
    [InlineData("Moderation__PolicyPath", "none.json", "none.json")]
    [InlineData("Templates__Path", "none", "Templates:Path")]
    [InlineData("Templates__DefaultLanguage", "tlh", "tlh")]
    [InlineData("Chat__MaxTurns", "0", "MaxTurns")]
    public Task A_setting_that_cannot_work_is_named(string setting, string value, string named) => AssertEndsAsync(AppProcess.FreePort(), setting, value, named);

    [SkippableFact]
    public async Task A_damaged_model_is_named()
    {
        foreach (var file in Directory.GetFiles(Path.Combine(Path.GetDirectoryName(Repository.AppAssembly)!, "models", "moderation")))
            File.Copy(file, Path.Combine(folder.FullName, Path.GetFileName(file)));
        var model = Path.Combine(folder.FullName, "model.onnx");
        var bytes = await File.ReadAllBytesAsync(model);
        bytes[^1] ^= 1;
        await File.WriteAllBytesAsync(model, bytes);

        await AssertEndsAsync(AppProcess.FreePort(), "Moderation__ModelPath", folder.FullName, "model.onnx");
    }

    [SkippableFact]
    public async Task A_port_in_use_is_named()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;

        await AssertEndsAsync(port, "EmbeddedHost__DataPath", folder.FullName, $"Port {port} is in use");
    }

    private async Task AssertEndsAsync(int port, string setting, string value, string named)
    {
        Skip.If(app.Settings is null, "the app was not started by these tests");
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        // The running app's storage emulator serves this one too; its history is its own.
        var settings = new Dictionary<string, string>(app.Settings) { ["EmbeddedHost__DataPath"] = folder.FullName, [setting] = value };

        await using var failing = AppProcess.Launch(port, settings);

        Assert.NotEqual(0, await failing.WaitForExitAsync(patience.Token));
        var line = Assert.Single(failing.Output.Split('\n'), line => line.StartsWith("Cannot start: ", StringComparison.Ordinal));
        Assert.Contains(named, line, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", failing.Output, StringComparison.Ordinal);
    }
}
