namespace ChatLoop.Training.Base;

/// <summary>The recipe's section `base`: a run that starts from a finished model instead of from text.</summary>
internal sealed record BaseOptions
{
    /// <summary>An exported chat model's folder, such as `models/chat`, relative to the working folder. Its tokenizer and weights take the place of `tokenizer` and `pretrain`.</summary>
    public string Model { get; init; } = "";
}
