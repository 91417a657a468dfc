using ChatLoop.App.Streaming;
using ChatLoop.App.Tests.Fakes;
using ChatLoop.EmbeddedHost.Tests.Azurite;

namespace ChatLoop.App.Tests.Streaming;

/// <summary>On the storage emulator: the fake of the other tests must not be kinder than a real account.</summary>
[Collection(AzuriteTests.Name)]
public sealed class TurnStreamsTests(AzuriteFixture azurite)
{
    [SkippableFact]
    public async Task Lines_are_appended_where_the_writer_believes_the_end_to_be()
    {
        var streams = new TurnStreams((await Account.CreateAsync(azurite.ConnectionString)).Container);
        var text = new StreamLine(StreamLineKind.Text, 1, "Grüße \"&\"");

        Assert.Null(await streams.ReadAsync("t", 0, default));
        Assert.Null(await streams.TryAppendAsync("t", text, 0, default));
        await streams.AppendAsync("t", new StreamLine(StreamLineKind.End), create: false, default);
        await streams.CreateAsync("t", default);
        Assert.Empty((await streams.ReadAsync("t", 0, default))!);
        var end = await streams.TryAppendAsync("t", text, 0, default);
        Assert.Null(await streams.TryAppendAsync("t", text, 0, default));
        await streams.CreateAsync("t", default);
        await streams.AppendAsync("t", new StreamLine(StreamLineKind.Stop), create: true, default);

        var all = (await streams.ReadAsync("t", 0, default))!;
        Assert.Equal([text with { Position = end!.Value }, new StreamLine(StreamLineKind.Stop) { Position = all[^1].Position }], all);
        Assert.Equal(all.Skip(1), await streams.ReadAsync("t", end.Value, default));
        Assert.Empty((await streams.ReadAsync("t", all[^1].Position, default))!);
        Assert.Equal(1, await streams.DeleteAsync(DateTimeOffset.UtcNow.AddMinutes(1), default));
        Assert.Null(await streams.ReadAsync("t", 0, default));
    }
}
