namespace ChatLoop.Training.Export;

/// <summary>Whose weights are exported.</summary>
internal enum ExportSource
{
    Sft,

    /// <summary>The policy of PPO that the judge liked best.</summary>
    Ppo,

    /// <summary>The policy of DPO that the judge liked best.</summary>
    Dpo,

    /// <summary>The model before fine-tuning: it goes on with text, but was not taught to answer.</summary>
    Pretrain,
}
