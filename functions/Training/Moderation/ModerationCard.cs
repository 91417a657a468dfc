using System.Text;
using ChatLoop.Core.ModelFolders;
using ChatLoop.Training.ModelCards;

namespace ChatLoop.Training.Moderation;

/// <summary>The model card (Mitchell et al. 2019), written from what was measured.</summary>
internal static class ModerationCard
{
    public static string Text(ModerationReport report, ModelManifest manifest)
    {
        var options = report.Options;
        var card = new StringBuilder();
        card.Line($"# {manifest.Name}\n");
        card.Line($"A classifier of English text over OpenAI's moderation categories: hashed word and character n-grams, a table of 2^{options.BucketBits} × {options.Dimensions} numbers, a hidden layer of {options.Hidden} units, one logistic output a category. Trained by ChatLoop from scratch, run by ONNX Runtime. Seed {report.Seed}, {options.Epochs} epochs, made {report.Created:yyyy-MM-dd}.\n");
        card.Line($"Rebuild: `dotnet run -c Release --project functions/Training -- moderation --recipe functions/Training/Recipes/{report.Name}.json`\n");
        foreach (var (file, entry) in manifest.Files) card.Line($"- `{file}`: {entry.Bytes:N0} bytes, SHA-256 `{entry.Sha256}`");

        card.Line($"\n## Categories, on the validation texts ({options.ValShare:P0}, split by text; fillings of one template stay together)\n");
        card.Line($"A category blocks at the threshold of highest recall with precision ≥ {options.Precision} (rule `precision`), of best F1 where that recall is under 0.4 (rule `best F1`), never under 0.4, raised where more than {options.OrdinaryFlagged:P1} of the ordinary texts would reach it (rule `ordinary texts`). A text counts only where its label is known.\n");
        card.Line($"| category | positives | negatives | AUPRC | threshold | rule | precision | recall | F1 |");
        card.Line($"|---|---|---|---|---|---|---|---|---|");
        foreach (var c in report.Categories) card.Line($"| {c.Category} | {c.Positives:N0} | {c.Negatives:N0} | {c.AveragePrecision:F3} | {c.Threshold:F4} | {c.Rule} | {c.Precision:F3} | {c.Recall:F3} | {c.F1:F3} |");
        if (report.Untrained.Count > 0) card.Line($"\nNot trained, and never flagged by the model, because there is no data: {string.Join(", ", report.Untrained)}.");
        card.Line($"\nOrdinary validation texts (schoolbooks, children's novels, small talk, quiz questions, our own conversations) that some category flags: {report.OrdinaryFlagged.Flagged:N0} of {report.OrdinaryFlagged.Of:N0}.");

        if (report.HateCheck.Count > 0) Tests(card, report);
        card.Line($"\n## Limits\n");
        card.Line($"- It counts n-grams; it does not read. Irony, quotation, negation and most implicit hate escape it, and mentions of groups raise its score.");
        card.Line($"- Self-harm, its two subcategories, harassment/threatening and many illicit and sexual requests are known to it mainly from our own templates. Their validation texts are other templates by the same hand: the figures above flatter these categories. The held-out requests are the better guide.");
        card.Line($"- Epoch and thresholds were chosen on the validation texts that the table reports, so it is a little optimistic. Templates, too, were extended after looking at misses, the tests below the table among them.");
        card.Line($"- `hate` and `harassment` come from posts of 2016–2022 with their annotators' biases; the tweets are known to over-mark African American English.");
        card.Line($"- English alone. Other languages are judged by their look and mostly pass.");
        card.Line($"- It is a first line, not a safety guarantee.");
        card.Line($"\n## Data\n");
        card.Line($"| set | trained on | validated on | dropped (duplicate, empty, held out) |");
        card.Line($"|---|---|---|---|");
        foreach (var (set, count) in report.Sets) card.Line($"| {set} | {count.Train:N0} | {count.Val:N0} | {count.Dropped:N0} |");
        card.Line($"\n`templates` and `persona` are ours (MIT). The others, in their own words:\n");
        foreach (var (_, notice) in report.Notices.Where(n => n.Value.Length > 0)) card.Line($"{CardText.Quoted(notice)}\n");
        return card.ToString();
    }

    private static void Tests(StringBuilder card, ModerationReport report)
    {
        card.Line($"\n## Tests that were never trained on\n");
        card.Line($"- Harmful requests of AdvBench and HarmBench flagged by some category: {report.HarmfulFlagged.Flagged:N0} of {report.HarmfulFlagged.Of:N0}.");
        card.Line($"- HatemojiCheck cases judged right: {report.HatemojiCheck.Right:N0} of {report.HatemojiCheck.Of:N0}.");
        card.Line($"- HateCheck (Röttger et al. 2021) cases judged right: {report.HateCheck.Sum(c => c.Right):N0} of {report.HateCheck.Sum(c => c.Of):N0}; a case counts as flagged when `hate` or `hate/threatening` is. By functionality:\n");
        card.Line($"| functionality | gold | right | of | accuracy |");
        card.Line($"|---|---|---|---|---|");
        foreach (var (functionality, hateful, right, of) in report.HateCheck) card.Line($"| {functionality} | {(hateful ? "hateful" : "not")} | {right} | {of} | {(double)right / of:F3} |");
    }
}
