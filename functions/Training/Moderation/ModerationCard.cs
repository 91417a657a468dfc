using System.Globalization;
using System.Text;
using ChatLoop.Core.ModelFolders;

namespace ChatLoop.Training.Moderation;

/// <summary>The model card (Mitchell et al. 2019), written from what was measured.</summary>
internal static class ModerationCard
{
    public static string Text(ModerationReport report, ModelManifest manifest)
    {
        var options = report.Options;
        var card = new StringBuilder();
        Line(card, $"# {manifest.Name}\n");
        Line(card, $"A classifier of English text over OpenAI's moderation categories: hashed word and character n-grams, a table of 2^{options.BucketBits} × {options.Dimensions} numbers, a hidden layer of {options.Hidden} units, one logistic output a category. Trained by ChatLoop from scratch, run by ONNX Runtime. Seed {report.Seed}, {options.Epochs} epochs, made {report.Created:yyyy-MM-dd}.\n");
        Line(card, $"Rebuild: `dotnet run -c Release --project functions/Training -- moderation --recipe functions/Training/Recipes/{report.Name}.json`\n");
        foreach (var (file, entry) in manifest.Files) Line(card, $"- `{file}`: {entry.Bytes:N0} bytes, SHA-256 `{entry.Sha256}`");

        Line(card, $"\n## Categories, on the validation texts ({options.ValShare:P0}, split by text; fillings of one template stay together)\n");
        Line(card, $"A category blocks at the threshold of highest recall with precision ≥ {options.Precision} (rule `precision`), of best F1 where that recall is under 0.4 (rule `best F1`), never under 0.4, raised where more than {options.OrdinaryFlagged:P1} of the ordinary texts would reach it (rule `ordinary texts`). A text counts only where its label is known.\n");
        Line(card, $"| category | positives | negatives | AUPRC | threshold | rule | precision | recall | F1 |");
        Line(card, $"|---|---|---|---|---|---|---|---|---|");
        foreach (var c in report.Categories) Line(card, $"| {c.Category} | {c.Positives:N0} | {c.Negatives:N0} | {c.AveragePrecision:F3} | {c.Threshold:F4} | {c.Rule} | {c.Precision:F3} | {c.Recall:F3} | {c.F1:F3} |");
        if (report.Untrained.Count > 0) Line(card, $"\nNot trained, and never flagged by the model, because there is no data: {string.Join(", ", report.Untrained)}.");
        Line(card, $"\nOrdinary validation texts (schoolbooks, children's novels, small talk, quiz questions, our own conversations) that some category flags: {report.OrdinaryFlagged.Flagged:N0} of {report.OrdinaryFlagged.Of:N0}.");

        if (report.HateCheck.Count > 0) Tests(card, report);
        Line(card, $"\n## Limits\n");
        Line(card, $"- It counts n-grams; it does not read. Irony, quotation, negation and most implicit hate escape it, and mentions of groups raise its score.");
        Line(card, $"- Self-harm, its two subcategories, harassment/threatening and many illicit and sexual requests are known to it mainly from our own templates. Their validation texts are other templates by the same hand: the figures above flatter these categories. The held-out requests are the better guide.");
        Line(card, $"- Epoch and thresholds were chosen on the validation texts that the table reports, so it is a little optimistic. Templates, too, were extended after looking at misses, the tests below the table among them.");
        Line(card, $"- `hate` and `harassment` come from posts of 2016–2022 with their annotators' biases; the tweets are known to over-mark African American English.");
        Line(card, $"- English alone. Other languages are judged by their look and mostly pass.");
        Line(card, $"- It is a first line, not a safety guarantee.");
        Line(card, $"\n## Data\n");
        Line(card, $"| set | trained on | validated on | dropped (duplicate, empty, held out) |");
        Line(card, $"|---|---|---|---|");
        foreach (var (set, count) in report.Sets) Line(card, $"| {set} | {count.Train:N0} | {count.Val:N0} | {count.Dropped:N0} |");
        Line(card, $"\n`templates` and `persona` are ours (MIT). The others, in their own words:\n");
        foreach (var (_, notice) in report.Notices.Where(n => n.Value.Length > 0)) Line(card, $"{Quoted(notice)}\n");
        return card.ToString();
    }

    private static void Tests(StringBuilder card, ModerationReport report)
    {
        Line(card, $"\n## Tests that were never trained on\n");
        Line(card, $"- Harmful requests of AdvBench and HarmBench flagged by some category: {report.HarmfulFlagged.Flagged:N0} of {report.HarmfulFlagged.Of:N0}.");
        Line(card, $"- HatemojiCheck cases judged right: {report.HatemojiCheck.Right:N0} of {report.HatemojiCheck.Of:N0}.");
        Line(card, $"- HateCheck (Röttger et al. 2021) cases judged right: {report.HateCheck.Sum(c => c.Right):N0} of {report.HateCheck.Sum(c => c.Of):N0}; a case counts as flagged when `hate` or `hate/threatening` is. By functionality:\n");
        Line(card, $"| functionality | gold | right | of | accuracy |");
        Line(card, $"|---|---|---|---|---|");
        foreach (var (functionality, hateful, right, of) in report.HateCheck) Line(card, $"| {functionality} | {(hateful ? "hateful" : "not")} | {right} | {of} | {(double)right / of:F3} |");
    }

    private static string Quoted(string notice) => "> " + notice.Replace("\n", "\n> ", StringComparison.Ordinal).Replace("> # ", "> **Set:** ", StringComparison.Ordinal);

    private static void Line(StringBuilder card, FormattableString text) => card.Append(text.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
