using System.Globalization;
using System.Text;
using ChatLoop.Core.ModelFolders;
using ChatLoop.Training.Data;
using ChatLoop.Training.Metrics;
using ChatLoop.Training.ModelCards;

namespace ChatLoop.Training.Export;

/// <summary>The model card (Mitchell et al. 2019), written from what training left behind.</summary>
internal static class ChatCard
{
    /// <summary>Beside the card: every test of the run's models, side by side.</summary>
    public const string EvaluationFile = "evaluation.md";

    // Validations to a table: the picture has them all.
    private const int MostRows = 24;

    // The sets that the trainer brings itself.
    private static readonly string[] Ours = ["persona", SyntheticText.Set];

    public static string Text(ChatReport report, ModelManifest manifest, string manifestSha256)
    {
        var (model, card) = (report.Model, new StringBuilder());
        var tokens = string.Join(", then ", Trained(report).Select(s => $"{Words(s)} on {s.Checkpoint.Tokens:N0} tokens"));
        card.Line($"# {manifest.Name}\n");
        card.Line($"A small chat model for English that ChatLoop {(report.Base is null ? "trained from nothing" : $"made from `{report.Base.Name}`")}: a Llama-style decoder of {model.ParameterCount:N0} parameters{(tokens.Length > 0 ? $", {tokens}" : "")}. Seed {report.Seed}, made {manifest.Created:yyyy-MM-dd}.\n");
        card.Line($"Rebuild: `{report.Rebuild}`\n");
        Files(card, report, manifest, manifestSha256);
        card.Line($"\n## Shape\n");
        card.Line($"Vocabulary {model.VocabularySize:N0} (byte-level BPE), width {model.HiddenSize}, {model.Layers} layers, {model.Heads} heads of {model.HeadSize} over {model.KeyValueHeads} key and value heads, SwiGLU of {model.IntermediateSize}, RMSNorm, rotary positions (base {model.RopeTheta:N0}), tied embeddings, at most {model.MaxPositions} tokens in all.");
        Training(card, report);
        if (report.IsEvaluated) card.Line($"\n## Evaluation\n\nEvery test, beside the models of the earlier stages, with errors and published figures: [{EvaluationFile}]({EvaluationFile}).");
        Data(card, report);
        Samples(card, report);
        Limits(card, report);
        card.Line($"\n## Recipe\n");
        card.Line($"```jsonc\n{report.Recipe.Trim()}\n```");
        return card.ToString();
    }

    private static void Files(StringBuilder card, ChatReport report, ModelManifest manifest, string manifestSha256)
    {
        var size = $"{manifest.Files.Values.Sum(f => f.Bytes) / 1e6:F1} MB in all.";
        if (report.Loss is { } loss) card.Line($"`onnx/model.onnx` holds the matrices as {loss.Format.Name()}, `model.safetensors` the same weights as {loss.Format.Stored().Name()}; tests and samples are of these. {size} What the format costs on stories that the trainer makes itself ({loss.Tokens:N0} tokens):\n\n{FormatLoss.Header}\n{loss.Row}\n");
        else card.Line($"Weights are stored as {report.Options.Format.Name()} and computed with in float32; `model.safetensors` and `onnx/model.onnx` hold the same ones. {size}\n");
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
        foreach (var stage in Trained(report))
        {
            var (made, last) = (stage.Checkpoint, stage.Validations.Count > 0 ? stage.Validations[^1] : null);
            var planned = made.Step == made.TotalSteps ? "" : Follows(stage) ? $" of {made.TotalSteps:N0}: the best by the judge" : $" of {made.TotalSteps:N0}: exported before its end";
            card.Line($"| {stage.Name} | {made.Step:N0}{planned} | {made.Tokens:N0} | {made.Seconds:N0} | {made.Tokens / Math.Max(made.Seconds, 1e-9):N0} | {(last is null ? "none" : Result(last))} |");
        }

        card.Line($"\nSeconds count validation, samples and checkpoints. Validation is on text and conversations that were never trained on.");
        foreach (var stage in report.Stages.Where(s => s.Validations.Count > 0)) Validations(card, stage);
    }

    private static void Validations(StringBuilder card, TrainedStage stage)
    {
        card.Line($"\n### {stage.Name}\n");
        if (stage.Curves is not null) card.Line($"![Curves of {stage.Name}]({stage.Name}.png)\n");
        if (Follows(stage))
        {
            Evaluations(card, stage);
            return;
        }

        var inBits = stage.Validations[^1].BitsPerByte is not null;
        card.Line($"| step | tokens | nats per {(inBits ? "token | bits per byte" : "answer token")} |");
        card.Line($"|---|---|---|{(inBits ? "---|" : "")}");
        foreach (var line in Shown(stage))
        {
            card.Line($"| {line.Step:N0} | {line.Tokens:N0} | {line.ValidationLoss:F4} |{(line.BitsPerByte is { } bits ? $" {bits:F4} |" : "")}");
        }
    }

    // What PPO and DPO measure on held-out questions, against the fine-tuned model's answers.
    private static void Evaluations(StringBuilder card, TrainedStage stage)
    {
        card.Line($"| step | reward | judge | wins, says the judge | KL, nats per answer | length, tokens | ends by itself |");
        card.Line($"|---|---|---|---|---|---|---|");
        foreach (var line in Shown(stage))
        {
            card.Line($"| {line.Step:N0} | {Value(line, "eval/reward", "F3")} | {Value(line, "eval/judge", "F3")} | {Value(line, "eval/win_rate", "P1")} | {Value(line, "eval/kl", "F2")} | {Value(line, "eval/length", "F1")} | {Value(line, "eval/share_with_eos", "P0")} |");
        }
    }

    private static IEnumerable<MetricLine> Shown(TrainedStage stage)
    {
        var every = (stage.Validations.Count + MostRows - 1) / MostRows;
        return stage.Validations.Where((_, i) => i % every == 0 || i == stage.Validations.Count - 1);
    }

    private static string Result(MetricLine last) =>
        last.BitsPerByte is { } bits ? string.Create(CultureInfo.InvariantCulture, $"{bits:F4} bits per byte")
        : last.ValidationLoss is { } loss ? string.Create(CultureInfo.InvariantCulture, $"{loss:F4} nats per answer token")
        : $"wins {Value(last, "eval/win_rate", "P1")} against the fine-tuned model at a KL of {Value(last, "eval/kl", "F2")} nats per answer";

    private static string Value(MetricLine line, string name, string format) =>
        line.Values?.TryGetValue(name, out var value) == true ? value.ToString(format, CultureInfo.InvariantCulture) : "not judged";

    private static bool Follows(TrainedStage stage) => stage.Name is "ppo" or "dpo";

    // A base model was trained elsewhere.
    private static IEnumerable<TrainedStage> Trained(ChatReport report) => report.Stages.Where(s => s.Name != "base");

    private static void Pretraining(StringBuilder card, IReadOnlyDictionary<string, long> pretrain)
    {
        card.Line($"Pre-training, by share of the tokens. `conversations` are those of every set below, in the chat template.\n");
        card.Line($"| set | share |");
        card.Line($"|---|---|");
        foreach (var (set, rows) in pretrain.OrderByDescending(s => s.Value)) card.Line($"| {set} | {(double)rows / pretrain.Values.Sum():P1} |");
    }

    private static void Data(StringBuilder card, ChatReport report)
    {
        card.Line($"\n## Data\n");
        if (report.Base is null) Pretraining(card, report.Stages[0].Drawn);
        else card.Line($"It started from `{report.Base.Name}` (SHA-256 of its manifest `{report.Base.ManifestSha256}`), whose card names the data that it was made from. What follows was added.");
        if (report.Stages.FirstOrDefault(s => s.Name == "sft") is { } sft)
        {
            card.Line($"\nFine-tuning. A set smaller than its share is gone through again.\n");
            card.Line($"| set | share of the tokens | conversations read |");
            card.Line($"|---|---|---|");
            foreach (var (set, drawn) in sft.Drawn.OrderByDescending(s => report.Mixture.GetValueOrDefault(s.Key, s.Value)))
            {
                card.Line($"| {set} | {(report.Mixture.Count == 0 ? "by its size" : $"{report.Mixture[set] / report.Mixture.Values.Sum():P1}")} | {drawn:N0} |");
            }
        }

        if (report.Stages.FirstOrDefault(Follows) is { } last)
        {
            card.Line($"\nAfter that, {last.Name} with {string.Join(", ", last.Drawn.Select(d => $"{d.Value:N0} {d.Key}"))}: {(last.Name == "ppo" ? "questions of these conversations, which the model answered itself, scored by a reward model" : "pairs of ranked answers")}.");
        }

        card.Line($"\nWhat is in each set after cleaning.{(report.Base is null ? " The tokenizer learned from all of them." : "")} {report.Data.VerifiedFiles} files were checked against the hashes of their manifest.\n");
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
        card.Line($"- Validation tells how well it predicts text like its training text. {(report.IsEvaluated ? $"What it can do is in [{EvaluationFile}]({EvaluationFile}), measured before the weights were rounded to how they are stored." : "It was measured on no benchmark of knowledge or reasoning.")}");
        if (report.Options.From == ExportSource.Pretrain) card.Line($"- These are the weights before fine-tuning: it was not taught to answer.");
    }

    private static string Words(TrainedStage stage) => stage.Name switch { "pretrain" => "pre-trained", "sft" => "fine-tuned", "ppo" => "improved by PPO", _ => "improved by DPO" };

    private static string Cell(string text) => text.ReplaceLineEndings(" ").Replace("|", "\\|", StringComparison.Ordinal).Trim();
}
