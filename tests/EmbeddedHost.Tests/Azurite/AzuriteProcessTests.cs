using System.Net;
using System.Net.Sockets;
using Azure.Storage.Queues;
using ChatLoop.EmbeddedHost.Tests.Hosting;
using ChatLoop.EmbeddedHost.Tests.Queues;
using Microsoft.Azure.Functions.Worker.Azurite;
using Microsoft.Azure.Functions.Worker.Hosting;
using Microsoft.Azure.Functions.Worker.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;

namespace ChatLoop.EmbeddedHost.Tests.Azurite;

/// <summary>Who starts and stops Azurite, with apps as processes of their own.</summary>
[Collection(AzuriteTests.Name)]
public sealed class AzuriteProcessTests : IDisposable
{
    private const string Started = "its data is in";
    private const string Found = "Using the storage emulator that already listens";

    private readonly DevelopmentStorage _emulator = FreePorts.Emulator();
    private readonly TemporaryFolder _one = new();
    private readonly TemporaryFolder _two = new();
    private readonly HttpClient _http = new() { Timeout = Patience.ForProcesses };

    public void Dispose()
    {
        _http.Dispose();
        _one.Dispose();
        _two.Dispose();
    }

    [SkippableFact]
    public async Task Of_two_apps_that_start_at_once_one_starts_Azurite_and_each_stops_only_what_it_started()
    {
        NodeJs.SkipIfMissing();
        Skip.IfNot(OperatingSystem.IsLinux(), "Ctrl+C is sent to a process group, which this test makes with Linux's setsid.");
        Skip.If(SampleProcess.InheritsIgnoredCtrlC(), "These tests were started with SIGINT ignored (as by nohup … &), and so are their children.");
        await using var one = SampleProcess.Launch(_one, _emulator);
        await using var two = SampleProcess.Launch(_two, _emulator);
        await Task.WhenAll(one.UntilListeningAsync(), two.UntilListeningAsync());

        var (owner, guest) = one.Output.Contains(Started, StringComparison.Ordinal) ? (one, two) : (two, one);
        Assert.Contains(Started, owner.Output, StringComparison.Ordinal);
        Assert.Contains(Found, guest.Output, StringComparison.Ordinal);
        Assert.Equal(0, await guest.SignalAsync("TERM"));
        await AssertWorksAsync(owner);

        Assert.Equal(0, await owner.SignalAsync("INT", toGroup: true));
        Assert.Null(await _emulator.FindBusyPortAsync(CancellationToken.None));
        Assert.Empty(owner.Errors);
    }

    [SkippableFact]
    public async Task After_kill_9_of_the_app_Azurite_saves_and_ends_and_the_next_start_carries_on()
    {
        NodeJs.SkipIfMissing();
        await using (var app = SampleProcess.Launch(_one, _emulator))
        {
            await app.UntilListeningAsync();
            var queue = new QueueClient(FreePorts.ConnectionString(_emulator), "guests");
            // Seen only by the app that comes after.
            await queue.SendMessageAsync(QueueApp.Base64("Grace"), visibilityTimeout: TimeSpan.FromSeconds(1));
            await app.KillAsync();
        }

        // At once, while the orphan may still listen.
        await using var next = SampleProcess.Launch(_one, _emulator);
        var address = await next.UntilListeningAsync();
        Assert.Contains(Started, next.Output, StringComparison.Ordinal);
        await UntilGuestsAsync(address, "Grace");

        Assert.Equal(0, await next.SignalAsync("TERM"));
        Assert.Null(await _emulator.FindBusyPortAsync(CancellationToken.None));
    }

    [Fact]
    public async Task A_port_of_the_emulator_that_another_program_has_is_told()
    {
        using var other = new TcpListener(IPAddress.Loopback, _emulator.QueuePort);
        other.Start();

        Assert.Equal(
            $"Port {_emulator.QueuePort} is in use but nothing listens on {_emulator.BlobPort}, so it is no storage emulator: stop the program on port {_emulator.QueuePort}, or set AzureWebJobsStorage to other ports.",
            await FailureAsync());
    }

    [Fact]
    public async Task With_Start_false_nothing_is_started() => Assert.Equal(
        $"No storage emulator listens on port {_emulator.BlobPort} and EmbeddedHost__Azurite__Start is false: start Azurite, or remove that setting.",
        await FailureAsync(("EmbeddedHost:Azurite:Start", "false")));

    private async Task<string> FailureAsync(params (string Key, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings.Select(s => new KeyValuePair<string, string?>(s.Key, s.Value))).Build();
        using var azurite = new AzuriteProcess(configuration, NullLoggerFactory.Instance);
        return (await Assert.ThrowsAsync<HostStartException>(() => azurite.EnsureAsync(_emulator, CancellationToken.None))).Message;
    }

    private async Task AssertWorksAsync(SampleProcess app)
    {
        var address = await app.UntilListeningAsync();
        using var invited = await _http.PostAsync(new Uri(address, "/api/invite/Ada"), null);
        Assert.Equal(HttpStatusCode.Accepted, invited.StatusCode);
        await UntilGuestsAsync(address, "Ada");
    }

    /// <summary>The message's way through the queue has no signal across processes: asked again until it is there.</summary>
    private async Task UntilGuestsAsync(Uri address, string guest)
    {
        using var patience = new CancellationTokenSource(Patience.ForProcesses);
        while (!(await _http.GetStringAsync(new Uri(address, "/api/guests"), patience.Token)).Contains(guest, StringComparison.Ordinal))
            await Task.Delay(100, patience.Token);
    }
}
