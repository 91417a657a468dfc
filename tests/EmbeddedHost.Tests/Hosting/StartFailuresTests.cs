using System.Net;
using System.Net.Sockets;
using ChatLoop.EmbeddedHost.Tests.Azurite;
using Microsoft.Azure.Functions.Worker.Azurite;

namespace ChatLoop.EmbeddedHost.Tests.Hosting;

/// <summary>What a user sees when the app cannot start: one line that says what to do, a non-zero exit, nothing left running.</summary>
[Collection(AzuriteTests.Name)]
public sealed class StartFailuresTests(AzuriteFixture azurite) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [SkippableFact]
    public async Task A_port_in_use()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;

        await AssertFailsAsync($"Port {port} is in use: stop the program that listens there, or choose another with --port <number>.",
            azurite.ConnectionString, ("port", $"{port}"));
    }

    [SkippableFact]
    public Task No_Nodejs()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "The data folder moves by XDG_DATA_HOME.");
        return AssertFailsAsync("npm was not found: Azurite, the storage emulator that UseDevelopmentStorage=true means, needs Node.js with npm. Install Node.js 22 from https://nodejs.org, or set AzureWebJobsStorage to a storage account.",
            FreePorts.ConnectionString(FreePorts.Emulator()), ("PATH", _folder.Path), ("XDG_DATA_HOME", _folder.Path));
    }

    [SkippableFact]
    public Task Npm_that_fails()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "The failing npm of this test is a shell script, and the data folder moves by XDG_DATA_HOME.");
        var npm = _folder.Write("npm", "#!/bin/sh\necho 'npm warn old' >&2\necho 'npm error code ENOTFOUND' >&2\nexit 1\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(npm, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

        return AssertFailsAsync(
            $"npm could not install Azurite {AzuriteInstall.Version} (code ENOTFOUND): check the network and npm's registry, or set AzureWebJobsStorage to a storage account.",
            FreePorts.ConnectionString(FreePorts.Emulator()), ("PATH", _folder.Path), ("XDG_DATA_HOME", _folder.Path));
    }

    [Fact]
    public Task A_wrong_storage_connection() => AssertFailsAsync(
        "AzureWebJobsStorage is not a storage connection string: copy it again from the storage account's access keys, or use UseDevelopmentStorage=true.",
        "nonsense");

    [Fact]
    public Task An_unreachable_storage_account()
    {
        var port = FreePorts.One();
        return AssertFailsAsync(
            $"The storage account at 127.0.0.1:{port} (AzureWebJobsStorage) cannot be reached: check the account's name and the network, or set UseDevelopmentStorage=true.",
            $"AccountName=mine;AccountKey=c2VjcmV0;BlobEndpoint=http://127.0.0.1:{port}/mine;QueueEndpoint=http://127.0.0.1:{port}/mine");
    }

    [Fact]
    public Task Damaged_settings()
    {
        var path = _folder.Write("local.settings.json", "{ \"Values\": {\n");
        return AssertFailsAsync($"local.settings.json is not valid JSON, line 2: correct {path}.", "");
    }

    [SkippableFact]
    public Task Options_that_are_not_valid() => AssertFailsAsync(
        "The settings are not valid: DataAnnotation validation failed for 'GreetingOptions' members: 'Times' with the error: 'The field Times must be between 1 and 10.'.",
        azurite.ConnectionString, ("Greeting__Times", "99"));

    [SkippableFact]
    public async Task A_service_of_the_app_that_fails_stops_the_Azurite_that_was_started_for_it()
    {
        NodeJs.SkipIfMissing();
        var emulator = FreePorts.Emulator();

        await AssertFailsAsync("models/chat/model.onnx is damaged: its hash differs from the manifest's; build it again.",
            FreePorts.ConnectionString(emulator), ("Closed", "model"));

        Assert.Null(await emulator.FindBusyPortAsync(CancellationToken.None));
    }

    [SkippableFact]
    public async Task A_bug_at_the_start_keeps_its_stack_trace()
    {
        await using var app = SampleProcess.Launch(_folder, azurite.ConnectionString, ("Closed", "bug"));

        Assert.NotEqual(0, await app.UntilEndAsync());
        Assert.Contains("ArgumentNullException", app.Errors, StringComparison.Ordinal);
        Assert.Contains("OpeningHours", app.Errors, StringComparison.Ordinal);
    }

    private async Task AssertFailsAsync(string line, string storage, params (string Name, string Value)[] settings)
    {
        await using var app = SampleProcess.Launch(_folder, storage, settings);

        var exitCode = await app.UntilEndAsync();

        Assert.Equal($"Cannot start: {line}\n", app.Errors);
        Assert.DoesNotContain("   at ", app.Output, StringComparison.Ordinal);
        Assert.Equal(1, exitCode);
    }
}
