using System.Collections.Concurrent;
using ChatLoop.EmbeddedHost.Tests.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ChatLoop.EmbeddedHost.Tests.Middleware;

public sealed class FunctionMiddlewareTests
{
    private readonly ConcurrentQueue<string> _steps = [];

    [Fact]
    public async Task Middleware_runs_around_the_function_in_the_order_it_was_added()
    {
        await using var host = await new TestApp(typeof(Functions))
        {
            Configure = builder =>
            {
                builder.Services.AddSingleton(_steps);
                builder.UseMiddleware<Outer>();
                builder.UseMiddleware(async (context, next) =>
                {
                    _steps.Enqueue("inner in");
                    await next();
                    _steps.Enqueue("inner out");
                });
                builder.UseWhen(context => context.FunctionDefinition.Name == "Other", async (_, next) =>
                {
                    _steps.Enqueue("never");
                    await next();
                });
                builder.UseWhen<Innermost>(context => context.FunctionDefinition.Name == "Hello");
            },
        }.StartAsync();

        Assert.Equal("hello", await host.Http.GetStringAsync("/api/Hello"));

        Assert.Equal(["outer in", "inner in", "innermost", "Hello with item", "inner out", "outer out"], _steps);
    }

    [Fact]
    public async Task Middleware_may_answer_in_place_of_the_function()
    {
        await using var host = await new TestApp(typeof(Functions))
        {
            Configure = builder =>
            {
                builder.Services.AddSingleton(_steps);
                builder.UseMiddleware((context, _) =>
                {
                    context.GetHttpContext()!.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
                    return Task.CompletedTask;
                });
            },
        }.StartAsync();

        using var response = await host.Http.GetAsync("/api/Hello");

        Assert.Equal(System.Net.HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Empty(_steps);
    }

    [Fact]
    public async Task Each_invocation_has_a_scope_of_its_own_that_ends_with_it()
    {
        await using var host = await new TestApp(typeof(Functions))
        {
            Configure = builder =>
            {
                builder.Services.AddSingleton(_steps);
                builder.Services.AddScoped<Scoped>();
                builder.UseMiddleware(async (context, next) =>
                {
                    var scoped = context.InstanceServices.GetRequiredService<Scoped>();
                    await next();
                    _steps.Enqueue(scoped.IsDisposed ? "disposed too early" : "alive");
                });
            },
        }.StartAsync();

        await host.Http.GetStringAsync("/api/Hello");
        await host.Http.GetStringAsync("/api/Hello");
        await host.StopAsync();

        // An answer may be there before its invocation has ended, so the two may overlap.
        Assert.Equal(2, _steps.Count(step => step == "alive"));
        Assert.Equal(2, _steps.Count(step => step == "disposed"));
        Assert.DoesNotContain("disposed too early", _steps);
    }

    public sealed class Outer(ConcurrentQueue<string> steps) : IFunctionsWorkerMiddleware
    {
        public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
        {
            steps.Enqueue("outer in");
            context.Items["item"] = "item";
            await next(context);
            steps.Enqueue("outer out");
        }
    }

    public sealed class Innermost(ConcurrentQueue<string> steps) : IFunctionsWorkerMiddleware
    {
        public Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
        {
            steps.Enqueue("innermost");
            return next(context);
        }
    }

    public sealed class Scoped(ConcurrentQueue<string> steps) : IDisposable
    {
        public bool IsDisposed { get; private set; }

        public void Dispose()
        {
            IsDisposed = true;
            steps.Enqueue("disposed");
        }
    }

    public sealed class Functions(ConcurrentQueue<string> steps)
    {
        [Function("Hello")]
        public string Hello([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request, FunctionContext context)
        {
            steps.Enqueue($"Hello with {(context.Items.TryGetValue("item", out var item) ? item : "no item")}");
            return "hello";
        }
    }
}
