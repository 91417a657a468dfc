using Azure.Storage.Queues;
using ChatLoop.EmbeddedHost.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace ChatLoop.EmbeddedHost.Tests.Queues;

/// <summary>An app whose queue functions name <c>%Queue%</c>, and clients for that queue, which is the test's own.</summary>
internal sealed class QueueApp
{
    private readonly TestApp _app;

    /// <param name="queueSettings">The JSON of host.json's extensions.queues.</param>
    public QueueApp(string connectionString, Type functions, string queueSettings = "", TimeProvider? time = null)
    {
        var name = $"q-{Guid.NewGuid():N}";
        Queue = new QueueClient(connectionString, name);
        Poison = new QueueClient(connectionString, name + "-poison");
        Output = new QueueClient(connectionString, name + "-out");
        _app = new TestApp(functions)
        {
            HostJson = $$"""{ "version": "2.0", "extensions": { "queues": { "maxPollingInterval": "00:00:00.100", {{queueSettings}} } } }""",
            Settings = new Dictionary<string, string> { ["AzureWebJobsStorage"] = connectionString, ["Queue"] = name },
            Time = time ?? TimeProvider.System,
            Configure = builder => builder.Services.AddSingleton(Inbox),
        };
    }

    public Inbox Inbox { get; } = new();

    public QueueClient Queue { get; }

    public QueueClient Poison { get; }

    public QueueClient Output { get; }

    public Task<TestHost> StartAsync() => _app.StartAsync();

    public static string Base64(string text) => Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(text));

    public static async Task<int> CountAsync(QueueClient queue) => (await queue.GetPropertiesAsync()).Value.ApproximateMessagesCount;
}
