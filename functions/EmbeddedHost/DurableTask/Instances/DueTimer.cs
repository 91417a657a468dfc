namespace Microsoft.DurableTask.Instances;

/// <param name="Id">The decision that made it; null for the instance's own start.</param>
internal sealed record DueTimer(DateTime Due, string InstanceId, string Execution, int? Id);
