using ChatLoop.Training.Base;
using ChatLoop.Training.Data;
using ChatLoop.Training.Modeling;

namespace ChatLoop.Training.Export;

/// <summary>What the card of a chat model says of its making.</summary>
/// <param name="Stages">Pre-training or the model that it started from, then fine-tuning where there was one, then PPO or DPO where there was one.</param>
/// <param name="Mixture">Share of fine-tuning's tokens by set; empty where every set went in by its size.</param>
/// <param name="Base">The model that it started from; null where it was trained from text.</param>
/// <param name="Samples">Questions with the likeliest answer and a drawn one.</param>
/// <param name="IsEvaluated">Whether the folder holds the tables of its evaluation.</param>
/// <param name="Loss">What the format of the weights costs; null where it is a float's.</param>
/// <param name="Rebuild">The command that makes the folder again.</param>
internal sealed record ChatReport(
    int Seed,
    LlamaConfig Model,
    ExportOptions Options,
    IReadOnlyList<TrainedStage> Stages,
    IReadOnlyDictionary<string, double> Mixture,
    BaseModel? Base,
    DataReport Data,
    IReadOnlyList<(string Question, string Likeliest, string Drawn)> Samples,
    bool IsEvaluated,
    FormatLoss? Loss,
    string Recipe,
    string Rebuild);
