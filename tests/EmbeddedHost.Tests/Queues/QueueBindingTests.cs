using System.Net;
using Azure.Storage.Queues.Models;
using ChatLoop.EmbeddedHost.Tests.Azurite;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace ChatLoop.EmbeddedHost.Tests.Queues;

[Collection(AzuriteTests.Name)]
public sealed class QueueBindingTests(AzuriteFixture azurite)
{
    private const string Text = "Grüße, <b>\"&\"</b> 世界 🎉\n";

    [SkippableTheory]
    [InlineData(typeof(AsText), Text)]
    [InlineData(typeof(AsBytes), "26 bytes")]
    [InlineData(typeof(AsData), Text)]
    [InlineData(typeof(AsMessage), "1: " + Text)]
    public async Task A_message_comes_in_the_type_that_the_function_asks_for(Type function, string received)
    {
        var app = new QueueApp(azurite.ConnectionString, function);
        await using var host = await app.StartAsync();

        await app.Queue.SendMessageAsync(QueueApp.Base64(Text));

        Assert.Equal(received.Replace("26", $"{System.Text.Encoding.UTF8.GetByteCount(Text)}", StringComparison.Ordinal), await app.Inbox.NextAsync());
        await host.Log.UntilAsync(line => line is { Category: "Function.Receive", Event: 1 });
    }

    [SkippableFact]
    public async Task A_message_comes_as_an_object_by_the_web_names_beside_its_own_properties()
    {
        var app = new QueueApp(azurite.ConnectionString, typeof(AsObject));
        await using var host = await app.StartAsync();

        var sent = (await app.Queue.SendMessageAsync(QueueApp.Base64("""{ "name": "Ada", "Count": 2 }"""))).Value;

        Assert.Equal($"Ada 2, attempt 1, {sent.MessageId}, still valid", await app.Inbox.NextAsync());
    }

    [SkippableFact]
    public async Task Without_encoding_the_text_is_the_message()
    {
        var app = new QueueApp(azurite.ConnectionString, typeof(AsText), """ "messageEncoding": "none" """);
        await using var host = await app.StartAsync();

        await app.Queue.SendMessageAsync(Text);

        Assert.Equal(Text, await app.Inbox.NextAsync());
    }

    [SkippableFact]
    public async Task A_message_that_does_not_read_as_the_object_fails_and_is_poisoned_whole()
    {
        var app = new QueueApp(azurite.ConnectionString, typeof(AsObject), """ "maxDequeueCount": 2 """);
        await using var host = await app.StartAsync();

        await app.Queue.SendMessageAsync(QueueApp.Base64("""{ "count": "many" }"""));
        await host.Log.UntilAsync(line => line.Event == 21);

        Assert.Equal(QueueApp.Base64("""{ "count": "many" }"""), (await app.Poison.ReceiveMessageAsync()).Value.MessageText);
        Assert.False(app.Inbox.Any);
    }

    [SkippableTheory]
    [InlineData("", true)]
    [InlineData(""" "messageEncoding": "none" """, false)]
    public async Task Outputs_are_sent_in_the_encoding_of_host_json(string settings, bool base64)
    {
        var app = new QueueApp(azurite.ConnectionString, typeof(Sender), settings);
        await using var host = await app.StartAsync();

        using var response = await host.Http.PostAsync("/api/Send", null);

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        var sent = (await app.Output.ReceiveMessagesAsync(32)).Value.Select(message => message.MessageText);
        string[] expected = ["text", """{"name":"Ada","count":1}""", """{"a":1}""", "one", "two"];
        Assert.Equal(expected.Select(text => base64 ? QueueApp.Base64(text) : text).Order(), sent.Order());
    }

    [SkippableFact]
    public async Task The_whole_result_of_a_queue_function_may_go_to_another_queue_before_its_message_is_deleted()
    {
        var app = new QueueApp(azurite.ConnectionString, typeof(Forwarder));
        await using var host = await app.StartAsync();

        await app.Queue.SendMessageAsync(QueueApp.Base64("on"));
        await host.Log.UntilAsync(line => line is { Category: "Function.Forward", Event: 1 });

        Assert.Equal(QueueApp.Base64("on and on"), (await app.Output.ReceiveMessageAsync()).Value.MessageText);
    }

    public sealed record Question(string Name, int Count);

    public sealed class AsText(Inbox inbox)
    {
        [Function("Receive")]
        public Task ReceiveAsync([QueueTrigger("%Queue%")] string message) => inbox.ReceiveAsync(message);
    }

    public sealed class AsBytes(Inbox inbox)
    {
        [Function("Receive")]
        public Task ReceiveAsync([QueueTrigger("%Queue%")] byte[] message) => inbox.ReceiveAsync($"{message.Length} bytes");
    }

    public sealed class AsData(Inbox inbox)
    {
        [Function("Receive")]
        public Task ReceiveAsync([QueueTrigger("%Queue%")] BinaryData message) => inbox.ReceiveAsync(message.ToString());
    }

    public sealed class AsMessage(Inbox inbox)
    {
        [Function("Receive")]
        public Task ReceiveAsync([QueueTrigger("%Queue%")] QueueMessage message) => inbox.ReceiveAsync($"{message.DequeueCount}: {message.Body}");
    }

    public sealed class AsObject(Inbox inbox)
    {
        [Function("Receive")]
        public Task ReceiveAsync([QueueTrigger("%Queue%")] Question question, int dequeueCount, string id, DateTimeOffset expirationTime) =>
            inbox.ReceiveAsync($"{question.Name} {question.Count}, attempt {dequeueCount}, {id}, {(expirationTime > DateTimeOffset.UtcNow ? "still valid" : "expired")}");
    }

    public sealed record Sent(
        [property: HttpResult] IResult Response,
        [property: QueueOutput("%Queue%-out")] string Text,
        [property: QueueOutput("%Queue%-out")] Question Question,
        [property: QueueOutput("%Queue%-out")] Dictionary<string, int> Map,
        [property: QueueOutput("%Queue%-out")] string[] Several,
        [property: QueueOutput("%Queue%-out")] string? Nothing);

    public static class Sender
    {
        [Function("Send")]
        public static Sent Send([HttpTrigger(AuthorizationLevel.Anonymous, "post")] HttpRequest request) =>
            new(Results.Accepted(), "text", new Question("Ada", 1), new Dictionary<string, int> { ["a"] = 1 }, ["one", "two"], null);
    }

    public static class Forwarder
    {
        [Function("Forward"), QueueOutput("%Queue%-out")]
        public static string Forward([QueueTrigger("%Queue%")] string message) => message + " and on";
    }
}
