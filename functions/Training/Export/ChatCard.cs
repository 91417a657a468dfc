using System.Text;
using ChatLoop.Core.ModelFolders;
using ChatLoop.Training.Data;
using ChatLoop.Training.ModelCards;

namespace ChatLoop.Training.Export;

/// <summary>The model card (Mitchell et al. 2019), written from what training left behind.</summary>
internal static class ChatCard
{
    // Validations to a table: the picture has them all.
    private const int MostRows = 24;

    // The sets that the trainer brings itself.
    private static readonly string[] Ours = ["persona", SyntheticText.Set];

    public static string Text(ChatReport report, ModelManifest manifest, string manifestSha256)
    {
        var (model, card) = (report.Model, new StringBuilder());
        var tokens = string.Join(", then ", report.Stages.Select(s => $"{Words(s)} on {s.Checkpoint.Tokens:N0} tokens"));
        card.Line($"# {manifest.Name}\n");
        card.Line($"A small chat model for English that ChatLoop trained from nothing: a Llama-style decoder of {model.ParameterCount:N0} parameters, {tokens}. Seed {report.Seed}, made {manifest.Created:yyyy-MM-dd}.\n");
        card.Line($"Rebuild: `{report.Rebuild}`\n");
        Files(card, report, manifest, manifestSha256);
        card.Line($"\n## Shape\n");
        card.Line($"Vocabulary {model.VocabularySize:N0} (byte-level BPE), width {model.HiddenSize}, {model.Layers} layers, {model.Heads} heads of {model.HeadSize} over {model.KeyValueHeads} key and value heads, SwiGLU of {model.IntermediateSize}, RMSNorm, rotary positions (base {model.RopeTheta:N0}), tied embeddings, at most {model.MaxPositions} tokens in all.");
        Training(card, report);
        Data(card, report);
        Samples(card, report);
        Limits(card, report);
        card.Line($"\n## Recipe\n");
        card.Line($"```jsonc\n{report.Recipe.Trim()}\n```");
        return card.ToString();
    }

    private static void Files(StringBuilder card, ChatReport report, ModelManifest manifest, string manifestSha256)
    {
        card.Line($"Weights are stored as {(report.Options.Format == WeightFormat.Float16 ? "float16" : "float32")} and computed with in float32; `model.safetensors` and `onnx/model.onnx` hold the same ones. {manifest.Files.Values.Sum(f => f.Bytes) / 1e6:F1} MB in all.\n");
        card.Line($"| file | bytes | SHA-256 |");
        card.Line($"|---|---|---|");
        foreach (var (file, entry) in manifest.Files) card.Line($"| `{file}` | {entry.Bytes:N0} | `{entry.Sha256}` |");
        card.Line($"| `{ModelManifest.FileName}` | | `{manifestSha256}` |");
    }

    private static void Training(StringBuilder card, ChatReport report)
    {
        card.Line($"\n## Training\n");
        card.Line($"| stage | steps | tokens | seconds | tokens/s | last validation |");
        card.Line($"|---|---|---|---|---|---|");
        foreach (var stage in report.Stages)
        {
            var (made, last) = (stage.Checkpoint, stage.Validations.Count > 0 ? stage.Validations[^1] : null);
            var planned = made.Step < made.TotalSteps ? $" of {made.TotalSteps:N0}: exported before its end" : "";
            var result = last is null ? "none" : last.BitsPerByte is { } bits ? $"{bits:F4} bits per byte" : $"{last.ValidationLoss:F4} nats per answer token";
            card.Line($"| {stage.Name} | {made.Step:N0}{planned} | {made.Tokens:N0} | {made.Seconds:N0} | {made.Tokens / Math.Max(made.Seconds, 1e-9):N0} | {result} |");
        }

        card.Line($"\nSeconds count validation, samples and checkpoints. Validation is on text and conversations that were never trained on.");
        foreach (var stage in report.Stages.Where(s => s.Validations.Count > 0)) Validations(card, stage);
    }

    private static void Validations(StringBuilder card, TrainedStage stage)
    {
        var inBits = stage.Validations[^1].BitsPerByte is not null;
        card.Line($"\n### {stage.Name}\n");
        if (stage.Curves is not null) card.Line($"![Loss over the tokens of {stage.Name}]({stage.Name}.png)\n");
        card.Line($"| step | tokens | nats per {(inBits ? "token | bits per byte" : "answer token")} |");
        card.Line($"|---|---|---|{(inBits ? "---|" : "")}");
        var every = (stage.Validations.Count + MostRows - 1) / MostRows;
        foreach (var (i, line) in stage.Validations.Index().Where(l => l.Index % every == 0 || l.Index == stage.Validations.Count - 1))
        {
            card.Line($"| {line.Step:N0} | {line.Tokens:N0} | {line.ValidationLoss:F4} |{(line.BitsPerByte is { } bits ? $" {bits:F4} |" : "")}");
        }
    }

    private static void Data(StringBuilder card, ChatReport report)
    {
        var pretrain = report.Stages[0].Drawn;
        card.Line($"\n## Data\n");
        card.Line($"Pre-training, by share of the tokens. `conversations` are those of every set below, in the chat template.\n");
        card.Line($"| set | share |");
        card.Line($"|---|---|");
        foreach (var (set, rows) in pretrain.OrderByDescending(s => s.Value)) card.Line($"| {set} | {(double)rows / pretrain.Values.Sum():P1} |");
        if (report.Stages.ElementAtOrDefault(1) is { } sft)
        {
            card.Line($"\nFine-tuning. A set smaller than its share is gone through again.\n");
            card.Line($"| set | share of the tokens | conversations read |");
            card.Line($"|---|---|---|");
            foreach (var (set, drawn) in sft.Drawn.OrderByDescending(s => report.Mixture.GetValueOrDefault(s.Key, s.Value)))
            {
                card.Line($"| {set} | {(report.Mixture.Count == 0 ? "by its size" : $"{report.Mixture[set] / report.Mixture.Values.Sum():P1}")} | {drawn:N0} |");
            }
        }

        card.Line($"\nWhat is in each set after cleaning. The tokenizer learned from all of them. {report.Data.VerifiedFiles} files were checked against the hashes of their manifest.\n");
        card.Line($"| set | texts | MB | conversations | dropped: duplicates | held out | unfit |");
        card.Line($"|---|---|---|---|---|---|---|");
        foreach (var set in report.Data.Sets) card.Line($"| {set.Name} | {set.Documents:N0} | {set.Bytes / 1e6:F1} | {set.Conversations:N0} | {set.Duplicates:N0} | {set.HeldOut:N0} | {set.Unfit:N0} |");
        card.Line($"\n### Sources and licences\n");
        foreach (var set in report.Data.Sets)
        {
            var notice = set.Notice.Length > 0 ? set.Notice : Ours.Contains(set.Name) ? "Made by this project; MIT." : "The set states neither source nor licence.";
            card.Line($"`{set.Name}`\n\n{CardText.Quoted(notice)}\n");
        }
    }

    private static void Samples(StringBuilder card, ChatReport report)
    {
        card.Line($"## Samples\n");
        card.Line($"By the weights of this folder, not chosen, at most {report.Options.SampleLength} tokens. Likeliest: the best token at each step. Drawn: temperature {report.Options.Generation.Temperature}, {(report.Options.Generation.TopK > 0 ? $"top-k {report.Options.Generation.TopK}" : "all tokens")}, seed {report.Seed}, nothing else of `generation_config.json`.\n");
        card.Line($"| question | likeliest | drawn |");
        card.Line($"|---|---|---|");
        foreach (var (question, likeliest, drawn) in report.Samples) card.Line($"| {Cell(question)} | {Cell(likeliest)} | {Cell(drawn)} |");
    }

    private static void Limits(StringBuilder card, ChatReport report)
    {
        card.Line($"\n## Limits\n");
        card.Line($"- It is tiny: {report.Model.ParameterCount / 1e6:F1} million parameters. It writes English sentences and knows little; what it says of facts, numbers and sums is often wrong, and it says it with confidence. Do not rely on any answer.");
        card.Line($"- It loses the thread over several turns and repeats itself. Question and answer together have {report.Model.MaxPositions} tokens.");
        card.Line($"- English alone. It carries the views and the errors of the texts that it was trained on.");
        card.Line($"- It was not taught to refuse. Questions and answers need the moderation that ChatLoop puts around it.");
        card.Line($"- Validation tells how well it predicts text like its training text; it was measured on no benchmark of knowledge or reasoning.");
        if (report.Options.From == ExportSource.Pretrain) card.Line($"- These are the weights before fine-tuning: it was not taught to answer.");
    }

    private static string Words(TrainedStage stage) => stage.Name == "sft" ? "fine-tuned" : "pre-trained";

    private static string Cell(string text) => text.ReplaceLineEndings(" ").Replace("|", "\\|", StringComparison.Ordinal).Trim();
}
