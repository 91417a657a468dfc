using Microsoft.Azure.Functions.Worker.Settings;

namespace Microsoft.DurableTask.Instances;

/// <summary>How many run at once; ten for each processor, as on Azure, where host.json does not say.</summary>
internal sealed record EngineLimits(int Activities, int Orchestrators)
{
    public static EngineLimits Of(DurableSettings settings)
    {
        var most = 10 * Environment.ProcessorCount;
        return new EngineLimits(settings.MaxConcurrentActivities ?? most, settings.MaxConcurrentOrchestrators ?? most);
    }
}
