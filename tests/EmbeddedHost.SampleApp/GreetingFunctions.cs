using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Options;

namespace SampleApp;

public sealed class GreetingFunctions(IOptions<GreetingOptions> options, Guestbook guestbook)
{
    [Function("Greet")]
    public IActionResult Greet([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "greet/{name}")] HttpRequest request, string name)
    {
        guestbook.Sign(name);
        return new OkObjectResult(new Greeting(string.Join(' ', Enumerable.Repeat(options.Value.Word, options.Value.Times)) + ", " + name, request.Method));
    }

    [Function("Wait")]
    public static async Task<string> WaitAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request, int milliseconds, CancellationToken cancellationToken)
    {
        await Console.Out.WriteLineAsync($"waiting {request.Path}");
        await Task.Delay(milliseconds, cancellationToken);
        return "done";
    }
}

public sealed record Greeting(string Text, string AskedBy);
