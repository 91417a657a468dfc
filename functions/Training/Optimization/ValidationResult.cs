namespace ChatLoop.Training.Optimization;

/// <summary>Loss on text that is never trained on.</summary>
/// <param name="NatsPerToken">Mean −ln p of the tokens that count.</param>
/// <param name="BitsPerByte">The same in bits over the bytes of the text; null where only some tokens count.</param>
internal sealed record ValidationResult(double NatsPerToken, double? BitsPerByte);
