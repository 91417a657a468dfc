namespace ChatLoop.Training.Export;

/// <summary>Whose weights are exported.</summary>
internal enum ExportSource
{
    Sft,

    /// <summary>The model before fine-tuning: it goes on with text, but was not taught to answer.</summary>
    Pretrain,
}
