namespace Microsoft.DurableTask.Activities;

/// <summary>An activity to run, and whom its result is for.</summary>
internal sealed record ActivityWork(string InstanceId, string Execution, int TaskId, string Name, string? Input, string Version);
