using ChatLoop.App.Chat;
using ChatLoop.App.Tests.Fakes;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Options;

namespace ChatLoop.App.Tests.Chat;

public sealed class TurnWaitTests
{
    [Fact]
    public async Task Who_is_told_does_not_ask()
    {
        await using var durable = Running();
        durable.Tells = new();
        var waiting = Wait().UntilEndedAsync(durable, "turn", default);

        durable.Tells.SetResult(new OrchestrationMetadata("orchestrator", "turn") { RuntimeStatus = OrchestrationRuntimeStatus.Completed });

        // Asked, it would still be running.
        Assert.True(await waiting);
    }

    [Fact]
    public async Task A_host_that_cannot_tell_is_asked()
    {
        await using var durable = Running();
        var waiting = Wait().UntilEndedAsync(durable, "turn", default);

        durable.Statuses["turn"] = OrchestrationRuntimeStatus.Completed;

        Assert.True(await waiting);
    }

    [Fact]
    public async Task After_the_limit_it_has_not_ended()
    {
        await using var durable = Running();
        durable.Tells = new();

        Assert.False(await Wait(TimeSpan.FromMilliseconds(30)).UntilEndedAsync(durable, "turn", default));
    }

    [Fact]
    public async Task A_caller_that_goes_away_ends_the_waiting()
    {
        await using var durable = Running();
        durable.Tells = new();
        using var gone = new CancellationTokenSource();
        var waiting = Wait().UntilEndedAsync(durable, "turn", gone.Token);

        await gone.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    private static DurableClient Running() => new() { Statuses = { ["turn"] = OrchestrationRuntimeStatus.Running } };

    private static TurnWait Wait(TimeSpan? limit = null) => new(Options.Create(new TurnOptions { WaitTimeout = limit ?? TimeSpan.FromSeconds(60) }), TimeProvider.System);
}
