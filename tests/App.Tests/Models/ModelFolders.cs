using System.Collections.Concurrent;
using ChatLoop.App.Models;
using ChatLoop.App.Tests.Fakes;
using ChatLoop.Core.ModelFolders;
using ChatLoop.EmbeddedHost.Tests.Hosting;
using ChatLoop.Inference.Serving;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace ChatLoop.App.Tests.Models;

/// <summary>Model folders that hold a text for a graph, an instance that serves them, and a store.</summary>
internal sealed class ModelFolders : IDisposable
{
    private readonly TemporaryFolder root = new();

    public ModelFolders(Account account)
    {
        Options = new ModelOptions { CachePath = Path.Combine(root.Path, "cache") };
        Store = new ModelStore(account.Container, TimeProvider.System);
        Current = new ModelPointer(account.Container, TimeProvider.System);
        Client = new ServingChatClient(Create("shipped"), Load);
        Cache = new ModelCache(Store, Client, Microsoft.Extensions.Options.Options.Create(Options));
        Sync = new ModelSync(Current, Cache, Client, Microsoft.Extensions.Options.Options.Create(Options), TimeProvider.System, NullLogger<ModelSync>.Instance);
    }

    public ModelOptions Options { get; }

    public ModelStore Store { get; }

    public ModelPointer Current { get; }

    public ServingChatClient Client { get; }

    public ModelCache Cache { get; }

    public ModelSync Sync { get; }

    /// <summary>Graphs that load, but do not answer.</summary>
    public ConcurrentBag<string> Broken { get; } = [];

    public string Root => root.Path;

    /// <summary>A model that answers with its graph.</summary>
    public string Create(string graph)
    {
        var folder = Path.Combine(root.Path, "made", graph);
        Directory.CreateDirectory(Path.Combine(folder, "onnx"));
        File.WriteAllText(Path.Combine(folder, "onnx", "model.onnx"), graph);
        ModelManifest.Write(folder, ModelManifest.ChatKind, graph, DateTimeOffset.UnixEpoch, new Dictionary<string, string>());
        return folder;
    }

    public async Task<string> PublishAsync(string graph) => (await Store.PublishAsync(Create(graph), new ModelOrigin("run", "shipped", null), CancellationToken.None)).Version;

    public async Task<string> AnswerAsync() => (await Client.GetResponseAsync("Hello!")).Text;

    public void Dispose()
    {
        Sync.Dispose();
        Client.Dispose();
        root.Dispose();
    }

    private ChatModel Load(string folder)
    {
        ModelManifest.Verify(folder, ModelManifest.ChatKind);
        var graph = File.ReadAllText(Path.Combine(folder, "onnx", "model.onnx"));
        return Broken.Contains(graph) ? new ChatModel(_ => throw new InvalidOperationException("the graph gives no numbers")) : new ChatModel(graph);
    }
}
