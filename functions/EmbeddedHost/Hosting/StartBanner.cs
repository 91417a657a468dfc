using System.Globalization;
using Microsoft.Azure.Functions.Worker.Http;
using Microsoft.Azure.Functions.Worker.Invocations;
using Microsoft.Azure.Functions.Worker.Queues;
using Microsoft.Azure.Functions.Worker.Timers;

namespace Microsoft.Azure.Functions.Worker.Hosting;

/// <summary>Tells at the start what runs where, as <c>func start</c> does.</summary>
internal sealed class StartBanner(
    FunctionCatalog catalog, HttpFunctions http, QueueFunctions queues, TimerFunctions timers, TextWriter output)
{
    public void Print(ICollection<string> urls)
    {
        var address = urls.FirstOrDefault()?.Replace("127.0.0.1", "localhost", StringComparison.Ordinal) ?? "";
        var routes = http.Routes.ToDictionary(r => r.Function, r =>
            $"[{(r.Route.Methods.Count == 0 ? "any" : string.Join(',', r.Route.Methods))}] {address}/{r.Route.Path}");
        var queueNames = queues.Queues.ToDictionary(q => q.Function, q => $"queueTrigger {q.Address.Name}");
        var schedules = timers.Timers.ToDictionary(t => t.Function, t => $"timerTrigger {t.Text}");

        output.WriteLine();
        output.WriteLine("Functions:");
        output.WriteLine();
        foreach (var function in catalog.Functions)
        {
            var what = routes.GetValueOrDefault(function) ?? queueNames.GetValueOrDefault(function) ?? schedules.GetValueOrDefault(function)
                ?? BindingNames.Of(function.Trigger);
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"        {function.Name}: {what}"));
        }
        output.WriteLine();
        output.WriteLine($"Listening on {string.Join(" and ", urls.Count == 0 ? [address] : urls)}. Press Ctrl+C to stop.");
        output.Flush();
    }
}
