namespace Microsoft.DurableTask.History;

/// <summary>The decision of a parent that a sub-orchestration answers to.</summary>
internal sealed record ParentTask(string InstanceId, string Name, string Execution, int TaskId);
