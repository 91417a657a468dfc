using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker.Invocations;
using Microsoft.Extensions.Logging;

namespace Microsoft.Azure.Functions.Worker.Hosting;

/// <summary>Tells how each invocation ended, under the category <c>Function.{name}</c> as on Azure.</summary>
internal sealed class HostLog(ILoggerFactory loggers, TimeProvider time)
{
    public async Task RunAsync(Invocation invocation, Func<Task> run)
    {
        var logger = loggers.CreateLogger($"Function.{invocation.Function.Name}");
        var started = time.GetTimestamp();
        using var scope = logger.BeginScope(new Dictionary<string, object>
        {
            ["AzureFunctions_InvocationId"] = invocation.InvocationId,
            ["AzureFunctions_FunctionName"] = invocation.Function.Name,
        });
        try
        {
            await run();
            Logs.Executed(logger, invocation.Function.Name, invocation.InvocationId, Elapsed());
        }
        catch (OperationCanceledException) when (invocation.TimedOut)
        {
            Logs.TimedOut(logger, invocation.Function.Name, invocation.InvocationId, Elapsed());
            throw;
        }
        catch (OperationCanceledException) when (invocation.CancellationToken.IsCancellationRequested)
        {
            Logs.Cancelled(logger, invocation.Function.Name, invocation.InvocationId, Elapsed());
            throw;
        }
        catch (BadHttpRequestException e)
        {
            Logs.BadRequest(logger, invocation.Function.Name, invocation.InvocationId, e.StatusCode);
            throw;
        }
        catch (Exception e)
        {
            Logs.Failed(logger, e, invocation.Function.Name, invocation.InvocationId, Elapsed());
            throw;
        }

        long Elapsed() => (long)time.GetElapsedTime(started).TotalMilliseconds;
    }
}
