using System.Runtime.CompilerServices;
using ChatLoop.EmbeddedHost.Tests.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;
using Microsoft.Azure.Functions.Worker.Hosting;

namespace ChatLoop.EmbeddedHost.Tests.Invocations;

public sealed class FunctionDiscoveryTests
{
    [Theory]
    [InlineData(typeof(SameName), "Function 'Ask': the name is used by ChatLoop.EmbeddedHost.Tests.Invocations.FunctionDiscoveryTests+SameName.One and ChatLoop.EmbeddedHost.Tests.Invocations.FunctionDiscoveryTests+SameName.Two; give each function its own.")]
    [InlineData(typeof(BadName), "Function '1st': a name starts with a letter and holds up to 127 letters, digits, '_' and '-'.")]
    [InlineData(typeof(NoTrigger), "Function 'Ask': no parameter has a trigger attribute.")]
    [InlineData(typeof(TwoTriggers), "Function 'Ask': it has 2 triggers; a function has one.")]
    [InlineData(typeof(NotPublic), "Function 'Ask': NotPublic.Run and its class must be public.")]
    [InlineData(typeof(OpenGeneric), "Function 'Ask': a function and its class cannot be generic.")]
    [InlineData(typeof(AsyncVoid), "Function 'Ask': it is async void, so nobody could await it; return a Task.")]
    [InlineData(typeof(UnknownTrigger), "Function 'Ask': parameter 'text' of type String cannot be filled by a cosmosDBTrigger (see functions/EmbeddedHost/README.md for what can).")]
    [InlineData(typeof(UnknownParameter), "Function 'Ask': parameter 'stream' of type Stream cannot be filled by a queueTrigger (see functions/EmbeddedHost/README.md for what can).")]
    [InlineData(typeof(ByReference), "Function 'Ask': parameter 'text' is ref, in or out, which cannot be filled.")]
    [InlineData(typeof(RetriedQueue), "Function 'Ask': retry attributes work on timers only, as on Azure; a queueTrigger has its own retries.")]
    [InlineData(typeof(UnknownOutput), "Function 'Ask': the output TableOutputAttribute is not supported; write to that service in the function.")]
    [InlineData(typeof(NothingToSend), "Function 'Ask': it has a [QueueOutput] but returns nothing to send.")]
    [InlineData(typeof(HttpToQueue), "Function 'Ask': an HTTP function's whole result is its response; put [QueueOutput] on a property of a result class, beside one with [HttpResult].")]
    [InlineData(typeof(NoResponse), "Function 'Ask': Sent has a [QueueOutput] but no property with [HttpResult] for the response.")]
    [InlineData(typeof(TwoResponses), "Function 'Ask': Twice has 2 properties with [HttpResult]; it needs one.")]
    [InlineData(typeof(BadQueueName), "Function 'Ask': \"My_Queue\" is not a queue name: 3 to 63 lower-case letters, digits and single '-' between them.")]
    [InlineData(typeof(BadOutputQueue), "Function 'Ask': \"x\" is not a queue name: 3 to 63 lower-case letters, digits and single '-' between them.")]
    public void A_function_that_cannot_work_ends_the_start_with_one_line(Type functions, string line) =>
        Assert.Equal(line, new TestApp(functions).StartFailure());

    [Fact]
    public void HTTP_functions_need_the_web_application()
    {
        using var folder = new TemporaryFolder();
        var builder = new TestApp(typeof(Good)).CreateBuilder(folder);

        Assert.Equal("The app has HTTP functions: call builder.ConfigureFunctionsWebApplication() in Program.cs.",
            Assert.Throws<HostStartException>(builder.Build).Message);
    }

    [Fact]
    public async Task A_queue_function_without_a_connection_ends_the_start_with_one_line()
    {
        var failure = await Assert.ThrowsAsync<HostStartException>(() => new TestApp(typeof(OtherAccount)).StartAsync());

        Assert.Equal("The setting Other, a storage connection that a queue function uses, is not set: add it to local.settings.json (Values) or the environment.", failure.Message);
    }

    public static class SameName
    {
        [Function("Ask")]
        public static void One([TimerTrigger("00:10:00")] TimerInfo timer)
        {
        }

        [Function("ASK")]
        public static void Two([TimerTrigger("00:10:00")] TimerInfo timer)
        {
        }
    }

    public static class BadName
    {
        [Function("1st")]
        public static void Run([TimerTrigger("00:10:00")] TimerInfo timer)
        {
        }
    }

    public static class NoTrigger
    {
        [Function("Ask")]
        public static void Run(string text)
        {
        }
    }

    public static class TwoTriggers
    {
        [Function("Ask")]
        public static void Run([TimerTrigger("00:10:00")] TimerInfo timer, [QueueTrigger("queue")] string text)
        {
        }
    }

    internal static class NotPublic
    {
        [Function("Ask")]
        public static void Run([TimerTrigger("00:10:00")] TimerInfo timer)
        {
        }
    }

    public static class OpenGeneric
    {
        [Function("Ask")]
        public static void Run<T>([TimerTrigger("00:10:00")] TimerInfo timer)
        {
        }
    }

    public static class AsyncVoid
    {
        // What the compiler marks an async method with: a real async void here could take the test run down.
        [Function("Ask"), AsyncStateMachine(typeof(AsyncVoid))]
        public static void Run([TimerTrigger("00:10:00")] TimerInfo timer)
        {
        }
    }

    [AttributeUsage(AttributeTargets.Parameter)]
    public sealed class CosmosDBTriggerAttribute : TriggerBindingAttribute;

    public static class UnknownTrigger
    {
        [Function("Ask")]
        public static void Run([CosmosDBTrigger] string text)
        {
        }
    }

    public static class UnknownParameter
    {
        [Function("Ask")]
        public static void Run([QueueTrigger("queue")] string text, Stream stream)
        {
        }
    }

    public static class ByReference
    {
        [Function("Ask")]
        public static void Run([QueueTrigger("queue")] ref string text)
        {
        }
    }

    public static class RetriedQueue
    {
        [Function("Ask"), FixedDelayRetry(2, "00:00:10")]
        public static void Run([QueueTrigger("queue")] string text)
        {
        }
    }

    [AttributeUsage(AttributeTargets.Method)]
    public sealed class TableOutputAttribute : OutputBindingAttribute;

    public static class UnknownOutput
    {
        [Function("Ask"), TableOutput]
        public static string Run([QueueTrigger("queue")] string text) => text;
    }

    public static class NothingToSend
    {
        [Function("Ask"), QueueOutput("queue-out")]
        public static Task RunAsync([QueueTrigger("queue")] string text) => Task.CompletedTask;
    }

    public static class HttpToQueue
    {
        [Function("Ask"), QueueOutput("queue-out")]
        public static string Run([HttpTrigger] HttpRequest request) => "";
    }

    public sealed record Sent([property: QueueOutput("queue-out")] string Text);

    public static class NoResponse
    {
        [Function("Ask")]
        public static Sent Run([HttpTrigger] HttpRequest request) => new("");
    }

    public sealed record Twice([property: HttpResult] IResult One, [property: HttpResult] IResult Two);

    public static class TwoResponses
    {
        [Function("Ask")]
        public static Task<Twice> RunAsync([HttpTrigger] HttpRequest request) => Task.FromResult(new Twice(Results.Ok(), Results.Ok()));
    }

    public static class BadQueueName
    {
        [Function("Ask")]
        public static void Run([QueueTrigger("My_Queue")] string text)
        {
        }
    }

    public static class BadOutputQueue
    {
        [Function("Ask"), QueueOutput("x")]
        public static string Run([TimerTrigger("00:10:00")] TimerInfo timer) => "";
    }

    public static class OtherAccount
    {
        [Function("Ask")]
        public static void Run([QueueTrigger("queue", Connection = "Other")] string text)
        {
        }
    }

    public static class Good
    {
        [Function("Ask")]
        public static string Run([HttpTrigger] HttpRequest request) => "";
    }
}
