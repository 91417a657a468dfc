using System.Net;
using Azure;
using ChatLoop.App.Conversations;
using ChatLoop.App.Tests.Fakes;
using ChatLoop.Core.Conversations;

namespace ChatLoop.App.Tests.Conversations;

public sealed class ConversationStoreTests
{
    private const string Id = "0123456789abcdef0123456789abcdef";
    private readonly World world = new();
    private readonly ConversationStore store;

    public ConversationStoreTests() => store = world.Conversations;

    [Fact]
    public async Task What_was_written_is_read()
    {
        var turn = Turn("1") with { Options = new AnswerOptions { Temperature = 0.5, Stop = ["x"] }, Languages = ["de"], Reply = World.Reply("Grüße 🙂") };

        await store.ChangeAsync(Id, _ => New().Append(turn));

        var read = (await store.ReadAsync(Id)).ReadTurn("1");
        Assert.Equal(turn with { Options = read.Options, Languages = read.Languages, Reply = read.Reply }, read);
        Assert.Equal((turn.Options.Temperature, "de", "Grüße 🙂"), (read.Options.Temperature, read.Languages[0], read.Reply!.Text));
        Assert.Equal($"conversations/{Id}.json", Assert.Single(world.Blobs.Names));
    }

    [Fact]
    public async Task Nothing_is_found_where_nothing_is() => Assert.Null(await store.FindAsync(Id));

    [Fact]
    public async Task Writers_at_once_lose_nothing()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(n => Task.Run(() => store.ChangeAsync(Id, stored => (stored ?? New()).Append(Turn($"{n}"))))));

        Assert.Equal(8, (await store.ReadAsync(Id)).Turns.Count);
    }

    [Fact]
    public async Task A_change_is_made_on_what_another_writer_left()
    {
        await store.ChangeAsync(Id, _ => New());
        var other = AnotherInstance();
        var calls = 0;

        var result = await store.ChangeAsync(Id, stored =>
        {
            if (++calls == 1)
                other.ChangeAsync(Id, there => there!.Append(Turn("other"))).GetAwaiter().GetResult();
            return stored!.Append(Turn("own"));
        });

        Assert.Equal(2, calls);
        Assert.Equal(["other", "own"], result.Turns.Select(turn => turn.Id));
    }

    [Fact]
    public async Task A_change_that_changes_nothing_writes_nothing()
    {
        await store.ChangeAsync(Id, _ => New());
        world.Blobs.Before = request => request.Method == HttpMethod.Put ? throw new InvalidOperationException("written") : null;

        await store.ChangeAsync(Id, stored => stored!);
    }

    [Fact]
    public async Task A_writer_that_never_gets_in_gives_up()
    {
        world.Blobs.Before = request => request.Method == HttpMethod.Put ? BlobService.Error(HttpStatusCode.PreconditionFailed, "ConditionNotMet") : null;

        await Assert.ThrowsAsync<IOException>(() => store.ChangeAsync(Id, _ => New()));
    }

    [Fact]
    public async Task A_storage_that_fails_is_no_missing_conversation()
    {
        world.Blobs.Before = _ => BlobService.Error(HttpStatusCode.Forbidden, "AuthorizationFailure");

        await Assert.ThrowsAsync<RequestFailedException>(() => store.FindAsync(Id));
    }

    [Fact]
    public async Task A_conversation_of_a_later_version_is_left_alone()
    {
        await store.ChangeAsync(Id, _ => New() with { Format = 2 });

        await Assert.ThrowsAsync<NotSupportedException>(() => store.ChangeAsync(Id, stored => stored!.Append(Turn("1"))));
    }

    [Fact]
    public async Task A_version_that_was_written_here_is_read_and_changed_without_asking_the_storage()
    {
        var written = await store.ChangeFromAsync(Id, null, _ => New(), default);
        world.Blobs.Before = request => request.Method == HttpMethod.Get ? throw new InvalidOperationException("asked") : null;

        Assert.Equal(written, await store.ReadAsync(Id, written.Version, default));
        var changed = await store.ChangeExistingAsync(Id, stored => stored.Append(Turn("1")), written.Version, default);

        Assert.NotEqual(written.Version, changed!.Version);
        Assert.Equal("1", Assert.Single((await store.ReadAsync(Id, changed.Version, default)).Turns).Id);
    }

    [Fact]
    public async Task A_change_on_a_version_that_another_instance_has_changed_loses_nothing()
    {
        var written = await store.ChangeFromAsync(Id, null, _ => New(), default);
        await AnotherInstance().ChangeAsync(Id, stored => stored!.Append(Turn("other")));

        var changed = await store.ChangeExistingAsync(Id, stored => stored.Append(Turn("own")), written.Version, default);

        Assert.Equal(["other", "own"], changed!.Turns.Select(turn => turn.Id));
    }

    [Fact]
    public async Task An_instance_that_has_not_written_a_version_reads_what_is_stored()
    {
        var written = await AnotherInstance().ChangeFromAsync(Id, null, _ => New().Append(Turn("1")), default);

        Assert.Single((await store.ReadAsync(Id, written.Version, default)).Turns);
        await AnotherInstance().ChangeAsync(Id, stored => stored!.Append(Turn("2")));
        Assert.Equal(2, (await store.ReadAsync(Id, written.Version, default)).Turns.Count);
    }

    [Fact]
    public async Task What_another_instance_has_purged_does_not_come_back()
    {
        var written = await store.ChangeFromAsync(Id, null, _ => New(), default);
        await AnotherInstance().DeleteAsync(Id, default);

        Assert.Null(await store.ChangeExistingAsync(Id, stored => stored.Append(Turn("1")), written.Version, default));
        Assert.Empty(world.Blobs.Names);
    }

    [Fact]
    public async Task An_id_that_is_taken_all_the_same_is_changed_as_it_is()
    {
        await store.ChangeAsync(Id, _ => New().Append(Turn("1")));

        var changed = await AnotherInstance().ChangeFromAsync(Id, null, stored => (stored ?? New()).Append(Turn("2")), default);

        Assert.Equal(["1", "2"], changed.Turns.Select(turn => turn.Id));
    }

    [Fact]
    public async Task A_turn_with_its_reply_is_read_from_here_and_one_without_from_the_storage()
    {
        await store.ChangeFromAsync(Id, null, _ => New().Append(Turn("1")), default);
        await AnotherInstance().ChangeAsync(Id, stored => stored!.End("1", _ => World.Reply("From there.")));
        Assert.Equal("From there.", (await store.ReadAnsweredAsync(Id, "1", default)).ReadTurn("1").Reply!.Text);

        await store.ChangeAsync(Id, stored => stored!.Append(Turn("2")));
        world.Blobs.Before = _ => throw new InvalidOperationException("asked");
        Assert.Equal("From there.", (await store.ReadAnsweredAsync(Id, "1", default)).ReadTurn("1").Reply!.Text);
    }

    private ConversationStore AnotherInstance() => new(world.Blobs.Container(), new RecentConversations(), TimeProvider.System);

    private static Conversation New() => new() { Id = Id, CreatedAt = DateTimeOffset.UnixEpoch };

    private static Turn Turn(string id) => new() { Id = id, Question = $"Question {id}", AcceptedAt = DateTimeOffset.UnixEpoch };
}
