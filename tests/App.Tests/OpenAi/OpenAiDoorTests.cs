using ChatLoop.EmbeddedHost.Tests.Azurite;

namespace ChatLoop.App.Tests.OpenAi;

[Collection(AzuriteTests.Name)]
public sealed class OpenAiDoorTests(AzuriteFixture azurite)
{
    [SkippableFact]
    public async Task A_revoked_key_opens_nothing_any_more()
    {
        using var world = await OpenAiWorld.CreateAsync(azurite.ConnectionString);
        var key = await world.KeyAsync();
        Assert.Equal(200, (await world.ModelsAsync(key)).Status);

        await world.Keys.RevokeAsync((await world.Keys.ListAsync(default))[0].Id, default);

        Assert.Equal((401, "invalid_request_error", null, "invalid_api_key"), (await world.ModelsAsync(key)).Error);
    }

    [SkippableFact]
    public async Task Every_answer_has_a_request_id_of_its_own()
    {
        using var world = await OpenAiWorld.CreateAsync(azurite.ConnectionString);
        var key = await world.KeyAsync();

        string?[] ids = [(await world.ModelsAsync(key)).Header("x-request-id"), (await world.ModelsAsync(null)).Header("x-request-id"), (await world.UnknownAsync("GET", "/v1/x", key)).Header("x-request-id")];

        Assert.Equal(3, ids.Distinct().Count());
        Assert.All(ids, id => Assert.StartsWith("req_", id, StringComparison.Ordinal));
    }

    [SkippableFact]
    public async Task Where_no_key_is_required_any_word_will_do_but_a_wrong_key_of_ours()
    {
        using var world = await OpenAiWorld.CreateAsync(azurite.ConnectionString);
        world.KeyOptions.Required = false;

        var open = await world.ModelsAsync("sk-anything");

        Assert.Equal(200, open.Status);
        Assert.Null(open.Header("x-ratelimit-limit-requests"));
        Assert.Equal(200, (await world.ModelsAsync(null)).Status);
        Assert.Equal(401, (await world.ModelsAsync("cl-wrong")).Status);
    }

    [SkippableFact]
    public async Task Limits_hold_across_instances_and_end_with_their_window()
    {
        using var world = await OpenAiWorld.CreateAsync(azurite.ConnectionString);
        var key = await world.KeyAsync(requests: 2);
        world.Clock.Now = new DateTimeOffset(2026, 1, 1, 12, 0, 20, TimeSpan.Zero);
        await world.ModelsAsync(key);
        world.StartAnotherInstance();
        var last = await world.ModelsAsync(key);
        var refused = await world.ModelsAsync(key);

        Assert.Equal(("2", "0", "40s"), (last.Header("x-ratelimit-limit-requests"), last.Header("x-ratelimit-remaining-requests"), last.Header("x-ratelimit-reset-requests")));
        Assert.Equal((429, "requests", null, "rate_limit_exceeded"), refused.Error);
        Assert.Equal("40", refused.Header("retry-after"));

        world.Clock.Now = world.Clock.Now.AddSeconds(40);
        Assert.Equal(200, (await world.ModelsAsync(key)).Status);
    }

    [SkippableFact]
    public async Task Tokens_are_set_aside_and_what_was_not_taken_comes_back()
    {
        using var world = await OpenAiWorld.CreateAsync(azurite.ConnectionString);
        var key = await world.KeyAsync(tokensAMinute: 200, tokensADay: 10_000);
        const string Body = """{ "model": "shipped", "messages": [{ "role": "user", "content": "Hi" }], "max_tokens": 149 }""";

        var first = await world.CompleteAsync(Body, key);
        // 150 set aside, 25 taken: the next one fits again; from another instance, which knows nothing of it, it would not.
        var second = await world.CompleteAsync(Body, key);
        var large = await world.CompleteAsync(Body.Replace("149", "400", StringComparison.Ordinal), key);

        Assert.Equal((200, "50"), (first.Status, first.Header("x-ratelimit-remaining-tokens")));
        Assert.Equal((200, "25"), (second.Status, second.Header("x-ratelimit-remaining-tokens")));
        Assert.Equal((429, "tokens", null, "rate_limit_exceeded"), large.Error);
        Assert.Contains("200 tokens a minute", large.Text, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task The_days_tokens_last_until_midnight()
    {
        using var world = await OpenAiWorld.CreateAsync(azurite.ConnectionString);
        var key = await world.KeyAsync(tokensADay: 40);
        world.Clock.Now = new DateTimeOffset(2026, 1, 1, 22, 59, 59, TimeSpan.Zero);
        const string Body = """{ "model": "shipped", "messages": [{ "role": "user", "content": "Hi" }], "max_tokens": 20 }""";
        Assert.Equal(200, (await world.CompleteAsync(Body, key)).Status);

        var refused = await world.CompleteAsync(Body, key);

        Assert.Equal((429, "tokens"), (refused.Error.Status, refused.Error.Type));
        Assert.Equal("3601", refused.Header("retry-after"));
        Assert.Equal("1h0m1s", refused.Header("x-ratelimit-reset-tokens"));
    }

    [SkippableFact]
    public async Task Requests_at_once_never_pass_the_limit()
    {
        using var world = await OpenAiWorld.CreateAsync(azurite.ConnectionString);
        var key = await world.KeyAsync(requests: 5);

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => world.ModelsAsync(key)));

        Assert.Equal(5, answers.Count(answer => answer.Status == 200));
        Assert.Equal(3, answers.Count(answer => answer.Status == 429));
    }
}
