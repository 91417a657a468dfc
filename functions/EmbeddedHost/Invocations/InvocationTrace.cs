using System.Diagnostics;

namespace Microsoft.Azure.Functions.Worker.Invocations;

internal sealed class InvocationTrace(string parent, string state) : TraceContext
{
    /// <summary>The official worker's source, so that telemetry set up for it works here.</summary>
    public static ActivitySource Source { get; } = new("Microsoft.Azure.Functions.Worker");

    public override string TraceParent { get; } = parent;

    public override string TraceState { get; } = state;

    /// <summary>Continues the trace of the request or activity that this runs in, or starts one that nobody records.</summary>
    public static InvocationTrace Current() => Activity.Current is { IdFormat: ActivityIdFormat.W3C } current
        ? new InvocationTrace(current.Id!, current.TraceStateString ?? "")
        : new InvocationTrace($"00-{ActivityTraceId.CreateRandom().ToHexString()}-{ActivitySpanId.CreateRandom().ToHexString()}-00", "");
}
