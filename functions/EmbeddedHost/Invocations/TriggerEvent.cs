namespace Microsoft.Azure.Functions.Worker.Invocations;

/// <summary>What started an invocation.</summary>
/// <param name="Payload">The trigger's own object: the request, the message, the timer, the activity's input.</param>
/// <param name="BindingData">What functions read through <see cref="BindingContext"/>, by name in any case.</param>
/// <param name="Attempt">0 at the first attempt.</param>
internal sealed record TriggerEvent(object Payload, IReadOnlyDictionary<string, object?> BindingData, int Attempt = 0);
