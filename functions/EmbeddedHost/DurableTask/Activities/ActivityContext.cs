namespace Microsoft.DurableTask.Activities;

internal sealed class ActivityContext(ActivityWork work) : TaskActivityContext
{
    public override TaskName Name => work.Name;

    public override string InstanceId => work.InstanceId;

    public override string Version => work.Version;
}
