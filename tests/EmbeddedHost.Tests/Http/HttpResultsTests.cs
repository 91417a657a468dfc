using System.Net;
using ChatLoop.EmbeddedHost.Tests.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ChatLoop.EmbeddedHost.Tests.Http;

public sealed class HttpResultsTests
{
    [Theory]
    [InlineData("Action", HttpStatusCode.Created, """{"turnId":"t1","usage":null}""", "application/json")]
    [InlineData("Result", HttpStatusCode.Accepted, """{"turnId":"t1","usage":3}""", "application/json")]
    [InlineData("Wrapped", HttpStatusCode.Conflict, "\"taken\"", "application/json")]
    [InlineData("Record", HttpStatusCode.OK, """{"turnId":"t1","usage":3}""", "application/json")]
    [InlineData("Text", HttpStatusCode.OK, "good", "text/plain")]
    [InlineData("Later", HttpStatusCode.OK, "better", "text/plain")]
    [InlineData("Written", HttpStatusCode.Gone, "by hand", null)]
    [InlineData("Nothing", HttpStatusCode.OK, "", null)]
    public async Task Each_form_of_result_is_written_as_on_Azure(string function, HttpStatusCode status, string body, string? type)
    {
        await using var host = await new TestApp(typeof(Forms)).StartAsync();

        using var response = await host.Http.GetAsync($"/api/{function}");

        Assert.Equal(status, response.StatusCode);
        Assert.Equal(body, await response.Content.ReadAsStringAsync());
        Assert.Equal(type, response.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task A_BadHttpRequestException_is_its_own_status_and_message()
    {
        await using var host = await new TestApp(typeof(Forms)).StartAsync();

        using var response = await host.Http.GetAsync("/api/Refuse");

        Assert.Equal(HttpStatusCode.UnprocessableContent, response.StatusCode);
        Assert.Equal("too long", await response.Content.ReadAsStringAsync());
        Assert.DoesNotContain(host.Log.Lines, line => line.Level >= LogLevel.Warning);
    }

    [Fact]
    public async Task An_unhandled_exception_is_500_with_an_empty_body_and_logged_once()
    {
        await using var host = await new TestApp(typeof(Forms)).StartAsync();

        using var response = await host.Http.GetAsync("/api/Fail");

        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.Empty(await response.Content.ReadAsStringAsync());
        Assert.False(response.Headers.Contains("X-Half"));
        var line = Assert.Single(host.Log.Lines, line => line.Level >= LogLevel.Warning);
        Assert.Equal(("Function.Fail", "A test's own failure."), (line.Category, line.Exception?.Message));
    }

    [Fact]
    public async Task A_failure_in_mid_answer_cuts_the_connection()
    {
        await using var host = await new TestApp(typeof(Forms)).StartAsync();

        await Assert.ThrowsAsync<HttpRequestException>(() => host.Http.GetStringAsync("/api/Break"));
    }

    [Fact]
    public async Task A_client_that_goes_away_cancels_the_function_and_is_no_failure()
    {
        var waiting = new Waiting();
        await using var host = await new TestApp(typeof(Waiter)) { Configure = builder => builder.Services.AddSingleton(waiting) }.StartAsync();
        using var leave = new CancellationTokenSource();

        var request = host.Http.GetAsync("/api/Wait", leave.Token);
        await waiting.Entered.Task.WaitAsync(Patience.Long);
        await leave.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => request);
        await waiting.Cancelled.Task.WaitAsync(Patience.Long);
        await host.Log.UntilAsync(line => line is { Category: "Function.Wait", Event: 3 });
        Assert.DoesNotContain(host.Log.Lines, line => line.Level >= LogLevel.Warning);
    }

    [Fact]
    public async Task Large_bodies_pass_whole_both_ways()
    {
        await using var host = await new TestApp(typeof(Forms)).StartAsync();
        // Above Kestrel's own default of 30 MB, below Azure's limit of 100 MB.
        var body = new byte[31_000_000];
        new Random(1).NextBytes(body);

        using var content = new ByteArrayContent(body);
        using var response = await host.Http.PostAsync("/api/Echo", content);

        var answer = await response.Content.ReadAsByteArrayAsync();

        Assert.True(body.AsSpan().SequenceEqual(answer));
    }

    [Fact]
    public async Task A_body_above_the_limit_is_413()
    {
        var settings = new Dictionary<string, string> { ["FUNCTIONS_REQUEST_BODY_SIZE_LIMIT"] = "1000" };
        await using var host = await new TestApp(typeof(Forms)) { Settings = settings }.StartAsync();

        using var content = new ByteArrayContent(new byte[1001]);
        using var response = await host.Http.PostAsync("/api/Echo", content);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
    }

    [Fact]
    public async Task A_function_that_takes_longer_than_functionTimeout_is_cancelled_and_500()
    {
        var waiting = new Waiting();
        var time = new ManualTime(DateTimeOffset.UnixEpoch);
        await using var host = await new TestApp(typeof(Waiter))
        {
            HostJson = """{ "version": "2.0", "functionTimeout": "00:00:07" }""",
            Time = time,
            Configure = builder => builder.Services.AddSingleton(waiting),
        }.StartAsync();

        var request = host.Http.GetAsync("/api/Wait");
        await waiting.Entered.Task.WaitAsync(Patience.Long);
        time.Advance(TimeSpan.FromSeconds(7));

        using var response = await request;
        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.Contains(host.Log.Lines, line => line is { Category: "Function.Wait", Event: 4, Level: LogLevel.Error });
    }

    public sealed record Answer(string TurnId, int? Usage);

    public sealed record WrappedAnswer([property: HttpResult] IActionResult Response, string NotSent);

    public static class Forms
    {
        [Function("Action")]
        public static IActionResult Action([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request) =>
            new ObjectResult(new Answer("t1", null)) { StatusCode = StatusCodes.Status201Created };

        [Function("Result")]
        public static IResult Result([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request) => Results.Accepted(value: new Answer("t1", 3));

        [Function("Wrapped")]
        public static Task<WrappedAnswer> WrappedAsync([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request) =>
            Task.FromResult(new WrappedAnswer(new JsonResult("taken") { StatusCode = StatusCodes.Status409Conflict }, "x"));

        [Function("Record")]
        public static Answer Record([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request) => new("t1", 3);

        [Function("Text")]
        public static string Text([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request) => "good";

        [Function("Later")]
        public static async ValueTask<string> LaterAsync([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request)
        {
            await Task.Yield();
            return "better";
        }

        [Function("Written")]
        public static async Task WrittenAsync([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request)
        {
            request.HttpContext.Response.StatusCode = StatusCodes.Status410Gone;
            await request.HttpContext.Response.WriteAsync("by hand");
        }

        [Function("Nothing")]
        public static void Nothing([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request)
        {
        }

        [Function("Refuse")]
        public static void Refuse([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request) =>
            throw new BadHttpRequestException("too long", StatusCodes.Status422UnprocessableEntity);

        [Function("Fail")]
        public static void Fail([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request)
        {
            request.HttpContext.Response.Headers["X-Half"] = "1";
            throw new InvalidOperationException("A test's own failure.");
        }

        [Function("Break")]
        public static async Task BreakAsync([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request)
        {
            await request.HttpContext.Response.WriteAsync("half");
            await request.HttpContext.Response.Body.FlushAsync();
            throw new InvalidOperationException("A test's own failure.");
        }

        [Function("Echo")]
        public static async Task EchoAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post")] HttpRequest request)
        {
            // Read whole before it is written: the client reads nothing until it has sent everything.
            using var body = new MemoryStream();
            await request.Body.CopyToAsync(body);
            body.Position = 0;
            await body.CopyToAsync(request.HttpContext.Response.Body);
        }
    }

    public sealed class Waiting
    {
        public TaskCompletionSource Entered { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Cancelled { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    public sealed class Waiter(Waiting waiting)
    {
        [Function("Wait")]
        public async Task WaitAsync([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request, CancellationToken cancellationToken)
        {
            waiting.Entered.SetResult();
            try
            {
                await Task.Delay(Timeout.Infinite, cancellationToken);
            }
            catch (OperationCanceledException)
            {
                waiting.Cancelled.SetResult();
                throw;
            }
        }
    }
}
