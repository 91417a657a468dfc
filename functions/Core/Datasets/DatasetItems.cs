using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ChatLoop.Core.Chat;
using ChatLoop.Core.Labeling;
using ChatLoop.Core.Moderation;

namespace ChatLoop.Core.Datasets;

/// <summary>Makes items of judgements: one of each comparison's consensus, one of each demonstration and rating, one of each text that was flagged or found harmless.</summary>
internal sealed class DatasetItems(DatasetOptions options, Pseudonyms pseudonyms, Masker masker)
{
    /// <summary>Comparisons in which nothing is better than anything.</summary>
    public int WithoutPreference { get; private set; }

    public IEnumerable<DatasetItem> Comparisons(IEnumerable<ComparisonTask> tasks)
    {
        foreach (var task in tasks)
        {
            var consensus = RankedPairs.Of([.. task.ByLabeler.Values]);
            if (consensus.Preferences.Count == 0)
            {
                WithoutPreference++;
                continue;
            }

            var prompt = masker.Mask(task.Prompt);
            string[] answers = [.. task.Answers.Select(masker.Mask)];
            var key = PromptKey.Of(prompt, options.CommonPrefix);
            // Of a ranking that is not whole, only the pairs were said.
            yield return answers.Length > 2 && consensus.IsRankingWhole
                ? new DatasetItem(task.UserId, key, "comparison " + key, task.At, task.Id, "pref", "ranked.jsonl", [Ranked(prompt, answers, consensus.Ranking)])
                : new DatasetItem(task.UserId, key, "comparison " + key, task.At, task.Id, "pref", "pairs.jsonl", [.. consensus.Preferences.Select(pair => Pair(prompt, answers[pair.Better], answers[pair.Worse]))]);
        }
    }

    public IEnumerable<DatasetItem> Demonstrations(IEnumerable<DemonstrationJudgement> demonstrations)
    {
        foreach (var demonstration in demonstrations)
        {
            var prompt = masker.Mask(demonstration.Prompt);
            var key = PromptKey.Of(prompt, options.CommonPrefix);
            var line = Json(new DemonstrationLine([.. prompt, new PromptMessage(ChatRole.Assistant, masker.Mask(demonstration.Answer))]), DatasetJsonContext.Lines.DemonstrationLine);
            yield return new DatasetItem(demonstration.UserId, key, "demonstration " + key, demonstration.At, demonstration.Id, "sft", "demonstrations.jsonl", [line]);
        }
    }

    public IEnumerable<DatasetItem> Ratings(IEnumerable<RatingJudgement> ratings)
    {
        foreach (var judgement in ratings)
        {
            var (prompt, answer, rating) = (masker.Mask(judgement.Prompt), masker.Mask(judgement.Answer), judgement.Rating);
            var key = PromptKey.Of(prompt, options.CommonPrefix);
            var labeler = pseudonyms.Labeler(judgement.LabelerId);
            // Several people rate one answer, and one person several answers.
            var line = Json(new RatingLine(prompt, answer, Math.Round(rating.Overall, 4), rating.Helpful, rating.Honest, rating.Harmless, labeler), DatasetJsonContext.Lines.RatingLine);
            yield return new DatasetItem(judgement.UserId, key, $"rating {labeler} {key}\n{answer}", judgement.At, judgement.Id, "pref", "ratings.jsonl", [line]);
        }
    }

    /// <summary>One item of each text, by what more than half of its labelers say.</summary>
    public IEnumerable<DatasetItem> Moderations(IEnumerable<ModerationJudgement> judgements)
    {
        foreach (var task in judgements.GroupBy(judgement => judgement.TaskId).OrderBy(task => task.Key, StringComparer.Ordinal))
        {
            // Of each labeler the last.
            ModerationJudgement[] said = [.. task.GroupBy(j => j.LabelerId).Select(same => same.OrderBy(j => j.At).ThenBy(j => string.Join(' ', j.Categories), StringComparer.Ordinal).Last())];
            var first = said[0];
            var (prompt, answer) = (masker.Mask(first.Prompt), first.Answer is { } text ? masker.Mask(text) : null);
            var labels = new SortedDictionary<string, bool>(StringComparer.Ordinal);
            foreach (var category in ModerationCategory.All)
                if (said.Count(j => j.Categories.Contains(category)) is var votes && votes * 2 != said.Length) labels[category] = votes * 2 > said.Length;
            var key = PromptKey.Of(prompt, options.CommonPrefix);
            var line = Json(new ModerationLine(answer ?? prompt[^1].Content, answer is null ? "question" : "answer", labels), DatasetJsonContext.Lines.ModerationLine);
            yield return new DatasetItem(first.UserId, key, $"moderation {key}\n{answer}", task.Min(j => j.At), task.Key, "modtrain", "moderation.jsonl", [line]);
        }
    }

    private static string Ranked(IReadOnlyList<PromptMessage> prompt, string[] answers, Ranking ranking) =>
        Json(new RankedLine(prompt, [.. answers.Zip(ranking.Ranks, (text, rank) => new RankedText(text, rank))]), DatasetJsonContext.Lines.RankedLine);

    private static string Pair(IReadOnlyList<PromptMessage> prompt, string chosen, string rejected) =>
        Json(new PairLine(prompt, [new PromptMessage(ChatRole.Assistant, chosen)], [new PromptMessage(ChatRole.Assistant, rejected)]), DatasetJsonContext.Lines.PairLine);

    private static string Json<T>(T line, JsonTypeInfo<T> type) => JsonSerializer.Serialize(line, type);
}
