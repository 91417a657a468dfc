namespace ChatLoop.Inference.Generation;

/// <summary>Why an answer ended.</summary>
internal enum StopReason
{
    EndOfAnswer,
    StopString,
    Length,
}
