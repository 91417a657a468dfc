using System.Text;
using ChatLoop.Training.ModelCards;
using ChatLoop.Training.Recipes;

namespace ChatLoop.Training.Rewards;

/// <summary>A reward model's card: what it scores, how well it ranks, and what it must not be taken for.</summary>
internal static class RewardCard
{
    public static string Text(string section, RewardModel model, RewardOptions options, RewardReport report, Recipe recipe)
    {
        var card = new StringBuilder();
        card.Line($"# {recipe.Name}-{section}\n");
        card.Line($"Scores an answer to a question: 0 is an average answer of its training data, 1 a deviation better. The decoder of ChatLoop's fine-tuned chat model ({model.Config.ParameterCount:N0} parameters) without its unembedding, and a scalar head at the answer's last token. Seed {report.Seed}.\n");
        card.Line($"`onnx/model.onnx`: `input_ids`, `attention_mask` int64 (batch, sequence), padded on the right → `scores` (batch). `model.safetensors` holds the same weights, for the trainer (`reward.base`, `judge.model`). `Inference/Rewards/RewardScorer` reads this folder.\n");
        card.Line($"## Training\n");
        card.Line($"{report.TrainingComparisons:N0} comparisons, {options.Epochs} epoch(s), −ln σ(better − worse) over all pairs of a question. Questions are split by a hash: {options.ValShare:P0} train no reward model; of the rest this one trains on the part from {options.QuestionsFrom:P0} to {options.QuestionsTo:P0}.{(options.Drafts ? " Sets named \"drafts\" rank an answer that a person gave above what the chat model drafted: they teach fluency and fit, not truth." : "")}\n");
        card.Line($"## How well it ranks\n");
        card.Line($"{RewardReportWriter.Tables(report)}");
        card.Line($"![How sure beside how right](calibration.png)\n");
        card.Line($"## Limits\n");
        card.Line($"- It is as small as the chat model and knows as little: it tells a fluent, fitting answer from a broken one, hardly a true one from a false one.");
        card.Line($"- What a policy is trained on it learns to please. Judge the result with another reward model, and with people.");
        card.Line($"- English alone; at most {model.Config.MaxPositions} tokens of question and answer.\n");
        card.Line($"Data sets, sources and licences stand in the card of the chat model that it was made with.\n");
        card.Line($"```jsonc\n\"{section}\": {recipe.SectionText(section)}\n```");
        return card.ToString();
    }
}
