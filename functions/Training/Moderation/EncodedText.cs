namespace ChatLoop.Training.Moderation;

/// <summary>A text as the classifier sees it.</summary>
/// <param name="Text">Where it is from and its labels.</param>
/// <param name="Buckets">The buckets of its first window.</param>
/// <param name="Labels">By output: 1 yes, 0 no, −1 unknown.</param>
internal sealed record EncodedText(LabeledText Text, long[] Buckets, float[] Labels);
