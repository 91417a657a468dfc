using ChatLoop.App.Tests.Fakes;
using ChatLoop.App.Users;
using ChatLoop.EmbeddedHost.Tests.Azurite;

namespace ChatLoop.App.Tests.Users;

[Collection(AzuriteTests.Name)]
public sealed class ConsentTests(AzuriteFixture azurite)
{
    [SkippableFact]
    public async Task What_was_said_last_stands_whatever_comes_first()
    {
        var consent = (await Loop.CreateAsync(azurite.ConnectionString)).Consent;
        var noon = DateTimeOffset.UnixEpoch;

        await consent.SetAsync("ann", true, noon.AddHours(1), default);
        await consent.SetAsync("ann", false, noon, default);
        await consent.SetAsync("bob", true, noon, default);
        await consent.SetAsync("bob", false, noon, default);
        await consent.SetAsync("bob", true, noon, default);

        Assert.True(await consent.AllowsAsync("ann"));
        Assert.False(await consent.AllowsAsync("bob"));
        Assert.False(await consent.AllowsAsync("eve"));
        Assert.Equal(["", "ann"], (await consent.ConsentingAsync()).Order());
    }

    [SkippableFact]
    public async Task The_switch_is_read_and_set_over_http()
    {
        var loop = await Loop.CreateAsync(azurite.ConnectionString);
        var functions = new ConsentFunctions(loop.World.User, loop.Consent, TimeProvider.System);

        var (_, before) = await Loop.ExecuteAsync(functions.ReadAsync(Loop.Request("ann"), default));
        var (_, set) = await Loop.ExecuteAsync(functions.SetAsync(Loop.Request("ann", """{ "allowDataUse": true }"""), default));
        var (_, after) = await Loop.ExecuteAsync(functions.ReadAsync(Loop.Request("ann"), default));
        var (nobody, _) = await Loop.ExecuteAsync(functions.ReadAsync(Loop.Request(), default));

        Assert.Equal((false, true, true, 401), ((bool)before["allowDataUse"]!, (bool)set["allowDataUse"]!, (bool)after["allowDataUse"]!, nobody));
    }

    [SkippableTheory]
    [InlineData("""{ "allowDataUse": "yes" }""")]
    [InlineData("""{ "allowDataUse": true, "more": 1 }""")]
    [InlineData("true")]
    [InlineData("")]
    public async Task A_body_that_is_no_consent_is_refused(string json)
    {
        var loop = await Loop.CreateAsync(azurite.ConnectionString);

        var (status, _) = await Loop.ExecuteAsync(new ConsentFunctions(loop.World.User, loop.Consent, TimeProvider.System).SetAsync(Loop.Request("ann", json), default));

        Assert.Equal(400, status);
        Assert.False(await loop.Consent.AllowsAsync("ann"));
    }
}
