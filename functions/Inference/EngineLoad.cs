namespace ChatLoop.Inference;

/// <summary>How busy a model's engine is at this moment. A chat client gives it by `GetService(typeof(EngineLoad))`.</summary>
/// <param name="Active">Requests whose prompt is read or whose answer is written.</param>
/// <param name="Waiting">Requests that wait for a slot.</param>
/// <param name="IsFull">One more would be refused.</param>
/// <param name="RetryAfter">How long those that wait now will take to get their slots, at least a second.</param>
public sealed record EngineLoad(int Active, int Waiting, bool IsFull, TimeSpan RetryAfter);
