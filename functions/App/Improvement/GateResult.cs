namespace ChatLoop.App.Improvement;

/// <summary>One gate of a run.</summary>
/// <param name="Value">What was measured; null where it was not, and then the gate is not passed.</param>
/// <param name="Limit">What the settings ask for.</param>
public sealed record GateResult(string Name, bool Passed, double? Value, double Limit, string Message);
