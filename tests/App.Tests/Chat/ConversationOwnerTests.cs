using ChatLoop.App.Chat.Requests;
using ChatLoop.App.Tests.Fakes;
using ChatLoop.EmbeddedHost.Tests.Azurite;

namespace ChatLoop.App.Tests.Chat;

[Collection(AzuriteTests.Name)]
public sealed class ConversationOwnerTests(AzuriteFixture azurite)
{
    [SkippableFact]
    public async Task A_conversation_belongs_to_who_asked_first_and_stands_among_their_items()
    {
        var world = await WorldAsync();

        var (conversation, _) = await world.AcceptAsync("Hi", userId: "ann");
        await world.AcceptAsync("Ho", conversation.Id, userId: "ann");

        Assert.Equal("ann", (await world.Conversations.ReadAsync(conversation.Id)).UserId);
        Assert.Equal([("conversation", conversation.Id)], await world.Items.ListAsync("ann", default).ToListAsync());
    }

    [SkippableFact]
    public async Task Nobody_else_carries_on_a_conversation()
    {
        var world = await WorldAsync();
        var (conversation, _) = await world.AcceptAsync("Hi", userId: "ann");

        foreach (var other in new[] { "bob", null })
        {
            var refusal = await Assert.ThrowsAsync<ChatRequestException>(() => world.AcceptAsync("Ho", conversation.Id, userId: other));
            Assert.Equal((403, "not_yours"), (refusal.Status, refusal.Code));
        }

        Assert.Single((await world.Conversations.ReadAsync(conversation.Id)).Turns);
    }

    [SkippableFact]
    public async Task A_conversation_that_was_begun_without_a_name_stays_nobodys()
    {
        var world = await WorldAsync();
        var (conversation, _) = await world.AcceptAsync("Hi");

        await world.AcceptAsync("Ho", conversation.Id, userId: "ann");

        Assert.Null((await world.Conversations.ReadAsync(conversation.Id)).UserId);
        Assert.Empty(await world.Items.ListAsync("ann", default).ToListAsync());
    }

    [SkippableFact]
    public async Task The_same_key_of_two_users_is_two_keys()
    {
        var world = await WorldAsync();

        var (anns, _) = await world.AcceptAsync("Hi", key: "key", userId: "ann");
        var (bobs, _) = await world.AcceptAsync("Hi", key: "key", userId: "bob");
        var (again, _) = await world.AcceptAsync("Hi", key: "key", userId: "ann");

        Assert.NotEqual(anns.Id, bobs.Id);
        Assert.Equal(anns.Id, again.Id);
    }

    private async Task<World> WorldAsync() => new(await Account.CreateAsync(azurite.ConnectionString));
}
