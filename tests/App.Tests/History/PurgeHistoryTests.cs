using ChatLoop.App.Conversations;
using ChatLoop.App.History;
using ChatLoop.App.Storage;
using ChatLoop.App.Tests.Fakes;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace ChatLoop.App.Tests.History;

public sealed class PurgeHistoryTests
{
    [Fact]
    public async Task Finished_orchestrations_and_keys_beyond_the_age_go_and_conversations_stay()
    {
        var world = new World();
        world.Blobs.Now = DateTimeOffset.UtcNow.AddDays(-8);
        await world.AcceptAsync("Old", key: "old");
        await world.Streams.CreateAsync("old", default);
        world.Blobs.Now = DateTimeOffset.UtcNow.AddDays(-6);
        await world.Streams.CreateAsync("new", default);
        await world.AcceptAsync("New", key: "new");

        await new PurgeHistory(world.Keys, world.Streams, Options.Create(new HistoryOptions()), TimeProvider.System, NullLogger<PurgeHistory>.Instance)
            .RunAsync(new TimerInfo(), world.Durable, default);

        Assert.InRange(DateTimeOffset.UtcNow - world.Durable.Purged!.CreatedTo!.Value, TimeSpan.FromDays(7), TimeSpan.FromDays(7.01));
        Assert.DoesNotContain(OrchestrationRuntimeStatus.Running, world.Durable.Purged.Statuses!);
        Assert.Equal(2, world.Blobs.Names.Count(name => name.StartsWith("conversations/", StringComparison.Ordinal)));
        Assert.Equal($"idempotency-keys/{Identifier.From("turn new")}.json", Assert.Single(world.Blobs.Names, name => name.StartsWith("idempotency-keys/", StringComparison.Ordinal)));
        Assert.Equal("streams/new.ndjson", Assert.Single(world.Blobs.Names, name => name.StartsWith("streams/", StringComparison.Ordinal)));
    }
}
