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
        Clients = new ModelClients(Cache, Client, Microsoft.Extensions.Options.Options.Create(Options), Clock, NullLogger<ModelClients>.Instance);
        Sync = new ModelSync(Current, Cache, Clients, Client, Microsoft.Extensions.Options.Options.Create(Options), TimeProvider.System, NullLogger<ModelSync>.Instance);
    }

    /// <summary>By which models that are not asked for any more are let go.</summary>
    public Clock Clock { get; } = new();

    public ModelOptions Options { get; }

    public ModelStore Store { get; }

    public ModelPointer Current { get; }

    public ServingChatClient Client { get; }

    public ModelCache Cache { get; }

    public ModelClients Clients { get; }

    public ModelSync Sync { get; }

    /// <summary>What was loaded, by graph, in that order.</summary>
    public ConcurrentQueue<(string Graph, ChatModel Model)> Loaded { get; } = [];

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
        Clients.Dispose();
        Client.Dispose();
        root.Dispose();
    }

    private ChatModel Load(string folder)
    {
        ModelManifest.Verify(folder, ModelManifest.ChatKind);
        var graph = File.ReadAllText(Path.Combine(folder, "onnx", "model.onnx"));
        var model = Broken.Contains(graph) ? new ChatModel(_ => throw new InvalidOperationException("the graph gives no numbers")) : new ChatModel(graph);
        Loaded.Enqueue((graph, model));
        return model;
    }
}
