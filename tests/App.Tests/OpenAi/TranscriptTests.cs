using ChatLoop.EmbeddedHost.Tests.Azurite;

namespace ChatLoop.App.Tests.OpenAi;

[Collection(AzuriteTests.Name)]
public sealed class TranscriptTests(AzuriteFixture azurite)
{
    [SkippableFact]
    public async Task A_chat_completion()
    {
        using var world = await OpenAiWorld.CreateAsync(azurite.ConnectionString);
        var answer = await world.CompleteAsync(
            """{ "model": "shipped", "messages": [{ "role": "system", "content": "Be brief." }, { "role": "user", "content": "Hi" }], "temperature": 0 }""", await world.KeyAsync());

        await Transcript.CheckAsync("chat-completion", answer);
    }

    [SkippableFact]
    public async Task A_streamed_chat_completion()
    {
        using var world = await OpenAiWorld.CreateAsync(azurite.ConnectionString);
        var answer = await world.CompleteAsync(
            """{ "model": "shipped", "messages": [{ "role": "user", "content": "Hi" }], "stream": true, "stream_options": { "include_usage": true } }""", await world.KeyAsync());

        await Transcript.CheckAsync("chat-completion-stream", answer);
    }

    [SkippableFact]
    public async Task A_blocked_question()
    {
        using var world = await OpenAiWorld.CreateAsync(azurite.ConnectionString);
        var answer = await world.CompleteAsync("""{ "model": "shipped", "messages": [{ "role": "user", "content": "A bad question" }] }""", await world.KeyAsync());

        await Transcript.CheckAsync("chat-completion-blocked-question", answer);
    }

    [SkippableFact]
    public async Task A_blocked_answer_among_two()
    {
        using var world = await OpenAiWorld.CreateAsync(azurite.ConnectionString);
        world.Says = _ => world.Asked.Count == 1 ? "good" : "bad";
        var answer = await world.CompleteAsync("""{ "model": "shipped", "messages": [{ "role": "user", "content": "Hi" }], "n": 2 }""", await world.KeyAsync());

        await Transcript.CheckAsync("chat-completion-blocked-answer", answer);
    }

    [SkippableFact]
    public async Task Models()
    {
        using var world = await OpenAiWorld.CreateAsync(azurite.ConnectionString);
        var key = await world.KeyAsync();

        await Transcript.CheckAsync("models", await world.ModelsAsync(key));
        await Transcript.CheckAsync("model", await world.ModelAsync("shipped", key));
        await Transcript.CheckAsync("model-unknown", await world.ModelAsync("gpt-4", key));
    }

    [SkippableFact]
    public async Task Moderations()
    {
        using var world = await OpenAiWorld.CreateAsync(azurite.ConnectionString);

        await Transcript.CheckAsync("moderations", await world.ModerateAsync("""{ "model": "omni-moderation-latest", "input": ["good", "bad"] }""", await world.KeyAsync()));
    }

    [SkippableFact]
    public async Task Errors()
    {
        using var world = await OpenAiWorld.CreateAsync(azurite.ConnectionString);
        var (key, tired) = (await world.KeyAsync(), await world.KeyAsync(requests: 1));
        await world.ModelsAsync(tired);

        await Transcript.CheckAsync("error-no-key", await world.ModelsAsync(null));
        await Transcript.CheckAsync("error-wrong-key", await world.ModelsAsync("sk-wrong"));
        await Transcript.CheckAsync("error-rate-limit", await world.ModelsAsync(tired));
        await Transcript.CheckAsync("error-unknown-url", await world.UnknownAsync("POST", "/v1/embeddings", key));
        await Transcript.CheckAsync("error-method", await world.UnknownAsync("GET", "/v1/chat/completions", key));
        await Transcript.CheckAsync("error-parameter", await world.CompleteAsync("""{ "model": "shipped", "messages": [{ "role": "user", "content": "Hi" }], "temperature": 3 }""", key));
    }
}
