using System.Collections.Concurrent;
using ChatLoop.Core.ModelFolders;
using ChatLoop.Inference.Serving;
using Microsoft.Extensions.AI;

namespace ChatLoop.Inference.Tests.Serving;

public sealed class ServingChatClientTests
{
    private readonly ConcurrentDictionary<string, CountingModel> _models = new(
        new[] { "first", "second", "third" }.ToDictionary(Path.GetFullPath, name => new CountingModel(name)));

    [Fact]
    public async Task Requests_under_way_end_on_the_old_model_and_new_ones_take_the_new_one()
    {
        using var client = Client();
        var gate = new TaskCompletionSource();
        Model("first").Gate = gate.Task;
        var whole = client.GetResponseAsync("Hello!");
        await Model("first").Asked.Task;
        await using var stream = client.GetStreamingResponseAsync("Hello!").GetAsyncEnumerator();
        await stream.MoveNextAsync();

        await SwapAsync(client, "second");

        Assert.Equal("second", (await client.GetResponseAsync("Hello!")).Text);
        Assert.False(Model("first").IsDisposed);
        gate.SetResult();
        Assert.Equal("first", (await whole).Text);
        Assert.False(Model("first").IsDisposed);
        Assert.True(await stream.MoveNextAsync());
        Assert.Equal("first", stream.Current.Text);
        Assert.False(await stream.MoveNextAsync());
        Assert.True(Model("first").IsDisposed);
        Assert.False(Model("first").WasMisused);
        Assert.Equal(("second", "second"), (client.Serving.Version, client.Serving.Name));
    }

    [Fact]
    public async Task A_model_that_nobody_uses_is_disposed_at_once_and_a_stream_that_nobody_reads_holds_none()
    {
        using var client = Client();
        var unread = client.GetStreamingResponseAsync("Hello!");

        await SwapAsync(client, "second");

        Assert.True(Model("first").IsDisposed);
        Assert.Equal("secondsecond", (await unread.ToChatResponseAsync()).Text);
    }

    [Fact]
    public async Task A_stream_that_is_left_early_lets_its_model_go()
    {
        using var client = Client();
        await foreach (var _ in client.GetStreamingResponseAsync("Hello!")) break;

        await SwapAsync(client, "second");

        Assert.True(Model("first").IsDisposed);
    }

    [Fact]
    public void A_streamed_requests_mistakes_are_thrown_by_the_call()
    {
        using var client = Client();

        Assert.Throws<ArgumentException>(() => { client.GetStreamingResponseAsync([]); });
    }

    [Fact]
    public async Task A_model_that_does_not_answer_does_not_serve()
    {
        using var client = Client();
        Model("second").IsBroken = true;

        var failure = await Assert.ThrowsAsync<ModelFolderException>(() => SwapAsync(client, "second"));

        Assert.Contains("does not answer: the graph gives no numbers", failure.Message, StringComparison.Ordinal);
        Assert.True(Model("second").IsDisposed);
        Assert.Equal("first", (await client.GetResponseAsync("Hello!")).Text);
        Assert.Equal(ServedVersion.Shipped, client.Serving.Version);
    }

    [Fact]
    public async Task Who_has_entered_keeps_the_model_through_a_swap_until_they_leave()
    {
        using var client = Client();
        var held = client.Enter();

        await SwapAsync(client, "second");

        Assert.Equal(("first", ServedVersion.Shipped), ((await held.Client.GetResponseAsync("Hello!")).Text, held.Version.Version));
        Assert.False(Model("first").IsDisposed);
        held.Leave();
        Assert.True(Model("first").IsDisposed);
    }

    [Fact]
    public async Task A_model_opened_beside_the_serving_one_is_its_openers()
    {
        using var client = Client();
        var other = await client.OpenAsync("second", "second");

        Assert.Equal("second", (await other.Client.GetResponseAsync("Hello!")).Text);
        Assert.Equal("first", (await client.GetResponseAsync("Hello!")).Text);
        other.Leave();
        Assert.True(Model("second").IsDisposed);
    }

    [Fact]
    public async Task Under_load_no_swap_drops_a_request_or_frees_a_model_in_use()
    {
        var loaded = new ConcurrentBag<CountingModel>();
        using var client = new ServingChatClient("first", folder =>
        {
            var model = new CountingModel(Path.GetFileName(folder));
            loaded.Add(model);
            return model;
        });
        using var end = new CancellationTokenSource();
        var answers = 0;
        async Task AskAsync(bool streamed)
        {
            while (!end.IsCancellationRequested)
            {
                var text = streamed ? (await client.GetStreamingResponseAsync("Hello!").ToChatResponseAsync()).Text : (await client.GetResponseAsync("Hello!")).Text;
                Assert.NotEmpty(text);
                Interlocked.Increment(ref answers);
            }
        }

        Task[] load = [.. Enumerable.Range(0, 64).Select(i => Task.Run(() => AskAsync(i % 2 == 0)))];
        for (var version = 0; version < 100; version++) await SwapAsync(client, $"v{version}");
        await end.CancelAsync();
        await Task.WhenAll(load);

        Assert.True(answers > 100);
        Assert.Equal(101, loaded.Count);
        Assert.DoesNotContain(loaded, model => model.WasMisused);
        Assert.Equal(100, loaded.Count(model => model.IsDisposed));
    }

    [Fact]
    public async Task Real_models_are_swapped_under_load_and_a_damaged_folder_leaves_the_old_one_serving()
    {
        using var first = TinyModel.Ours();
        using var second = TinyModel.HuggingFace();
        using var damaged = TinyModel.Ours();
        File.WriteAllText(Path.Combine(damaged.Folder, "onnx", "model.onnx"), "no graph");
        using var client = new ServingChatClient(first.Folder, folder => new OnnxChatClient(new InferenceOptions { ModelPath = folder, Threads = 1 }));
        using var end = new CancellationTokenSource();
        async Task<int> AskAsync(bool streamed)
        {
            var answers = 0;
            for (; !end.IsCancellationRequested; answers++)
            {
                var options = TinyModel.GreedyOptions();
                var response = streamed ? await client.GetStreamingResponseAsync("Hello!", options).ToChatResponseAsync() : await client.GetResponseAsync("Hello!", options);
                Assert.Equal("Hello, how are you today?", response.Text);
            }

            return answers;
        }

        Task<int>[] load = [.. Enumerable.Range(0, 8).Select(i => Task.Run(() => AskAsync(i % 2 == 0)))];
        for (var swap = 0; swap < 3; swap++)
        {
            await client.SwapAsync("second", second.Folder);
            var failure = await Assert.ThrowsAsync<ModelFolderException>(() => client.SwapAsync("damaged", damaged.Folder));
            Assert.Contains("onnx/model.onnx", failure.Message, StringComparison.Ordinal);
            Assert.Equal(("second", second.Folder), (client.Serving.Version, client.Serving.Folder));
            await client.SwapAsync(ServedVersion.Shipped, client.ShippedFolder);
        }

        await end.CancelAsync();
        Assert.DoesNotContain(0, await Task.WhenAll(load));
    }

    [Fact]
    public async Task After_its_end_the_client_says_so()
    {
        var client = Client();
        client.Dispose();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => client.GetResponseAsync("Hello!"));
        Assert.True(Model("first").IsDisposed);
    }

    private ServingChatClient Client() => new("first", folder => _models[Path.GetFullPath(folder)]);

    private CountingModel Model(string name) => _models[Path.GetFullPath(name)];

    private static Task SwapAsync(ServingChatClient client, string version) => client.SwapAsync(version, version);
}
