namespace ChatLoop.Training.Cli;

/// <summary>Where a run keeps what its stages hand to one another: by default `runs/&lt;recipe name&gt;`.</summary>
internal sealed class RunFolder(string root)
{
    public string Root { get; } = Path.GetFullPath(root);

    /// <summary>Text splits, conversations and their manifest with sources and licences.</summary>
    public string Data => Path.Combine(Root, "data");

    /// <summary>The model that the run starts from, where the recipe has the section.</summary>
    public string Base => Path.Combine(Root, "base");

    public string TokenizerFile => Path.Combine(Root, "tokenizer", "tokenizer.json");

    /// <summary>Token shards (uint16, little-endian) and `shards.json`.</summary>
    public string Shards => Path.Combine(Root, "shards");

    /// <summary>Checkpoints, metrics and curves of pre-training.</summary>
    public string Pretrain => Path.Combine(Root, "pretrain");

    /// <summary>Checkpoints, metrics and curves of supervised fine-tuning.</summary>
    public string Sft => Path.Combine(Root, "sft");

    /// <summary>The fine-tuned model's drafts beside the given answers, a file for each set.</summary>
    public string Drafts => Path.Combine(Root, "drafts");

    /// <summary>The reward model that PPO trains on, with its report.</summary>
    public string Reward => Path.Combine(Root, "reward");

    /// <summary>A second reward model, which no training sees.</summary>
    public string Judge => Path.Combine(Root, "judge");

    /// <summary>Checkpoints, metrics, curves and samples of PPO; the best policy is in `best`.</summary>
    public string Ppo => Path.Combine(Root, "ppo");

    /// <summary>The same of DPO.</summary>
    public string Dpo => Path.Combine(Root, "dpo");

    /// <summary>The exported chat model, as inference reads it.</summary>
    public string Chat => Path.Combine(Root, "chat");

    /// <summary>The exported moderation model.</summary>
    public string Moderation => Path.Combine(Root, "moderation");

    /// <summary>Tables of every model, and of all side by side.</summary>
    public string Eval => Path.Combine(Root, "eval");
}
