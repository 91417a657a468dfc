using ChatLoop.App.Tests.Fakes;
using ChatLoop.App.Users;
using ChatLoop.EmbeddedHost.Tests.Azurite;

namespace ChatLoop.App.Tests.Users;

[Collection(AzuriteTests.Name)]
public sealed class UserItemIndexTests(AzuriteFixture azurite)
{
    [SkippableFact]
    public async Task What_was_added_twice_is_listed_once_and_only_for_its_user()
    {
        var index = new UserItemIndex((await Account.CreateAsync(azurite.ConnectionString)).Tables);

        foreach (var (user, id) in new[] { ("ann", "1"), ("ann", "1"), ("ann", "2:x"), ("bob", "3") })
            await index.AddAsync(user, "task", id, default);

        Assert.Equal([("task", "1"), ("task", "2:x")], await index.ListAsync("ann", default).ToListAsync());
    }

    [SkippableFact]
    public async Task What_was_removed_twice_is_gone()
    {
        var index = new UserItemIndex((await Account.CreateAsync(azurite.ConnectionString)).Tables);
        await index.AddAsync("ann", "task", "1", default);

        await index.RemoveAsync("ann", "task", "1", default);
        await index.RemoveAsync("ann", "task", "1", default);

        Assert.Empty(await index.ListAsync("ann", default).ToListAsync());
    }
}
