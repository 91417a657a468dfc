using Azure.Core;
using Azure.Core.Pipeline;

namespace ChatLoop.App.Tests.Fakes;

/// <summary>Ends the work at one of its storage requests, before or after it was served, as a process that is killed there.</summary>
internal sealed class Crash : HttpPipelinePolicy
{
    private int left = int.MaxValue;
    private bool served;

    public void Arm(int requests, bool afterServing) => (left, served, Fired) = (requests, afterServing, false);

    /// <summary>Whether there was such a request.</summary>
    public bool Fired { get; private set; }

    public void Disarm() => left = int.MaxValue;

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        var now = left-- == 0;
        Fired |= now;
        if (now && !served)
            throw new CrashException();
        await ProcessNextAsync(message, pipeline);
        if (now)
            throw new CrashException();
    }

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) => throw new NotSupportedException();
}
