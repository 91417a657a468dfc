using ChatLoop.Core.Labeling;
using ChatLoop.Core.Labeling.Agreement;

namespace ChatLoop.Core.Datasets;

/// <summary>
/// Makes an immutable version of judgements, after InstructGPT (Ouyang et al. 2022, section 3.2): prompts of users who consent, personal
/// data masked, duplicates removed by their long common prefix, at most so many prompts a user, and split by user. The same
/// judgements in any order give the same bytes.
/// </summary>
public static class DatasetAssembly
{
    /// <exception cref="ArgumentException">The options are wrong, or judgements contradict each other; the message says how.</exception>
    public static DatasetVersion Assemble(Judgements judgements, DatasetOptions options)
    {
        ArgumentNullException.ThrowIfNull(judgements);
        ArgumentNullException.ThrowIfNull(options);
        options.Check();
        var pseudonyms = new Pseudonyms(options.Salt);
        var masker = new Masker();
        var items = new DatasetItems(options, pseudonyms, masker);

        var tasks = ComparisonTask.Of(judgements.Comparisons);
        var demonstrations = Latest(judgements.Demonstrations, d => d.Id, d => d.At, d => d.Answer);
        var ratings = Latest(judgements.Ratings, r => r.Id, r => r.At, r => r.Rating.ToString());
        ComparisonTask[] keptTasks = [.. tasks.Where(task => judgements.ConsentingUsers.Contains(task.UserId))];
        DemonstrationJudgement[] keptDemonstrations = [.. demonstrations.Where(d => judgements.ConsentingUsers.Contains(d.UserId))];
        RatingJudgement[] keptRatings = [.. ratings.Where(r => judgements.ConsentingUsers.Contains(r.UserId))];
        ModerationJudgement[] keptModerations = [.. judgements.Moderations.Where(m => judgements.ConsentingUsers.Contains(m.UserId))];
        var withoutModerations = judgements.Moderations.Except(keptModerations).DistinctBy(m => m.TaskId).Count();
        var withoutConsent = withoutModerations + tasks.Count + demonstrations.Count + ratings.Count - keptTasks.Length - keptDemonstrations.Length - keptRatings.Length;

        DatasetItem[] all = [.. items.Comparisons(keptTasks).Concat(items.Demonstrations(keptDemonstrations)).Concat(items.Ratings(keptRatings)).Concat(items.Moderations(keptModerations))
            .OrderBy(item => item.At).ThenBy(item => item.Id, StringComparer.Ordinal).ThenBy(item => item.Lines[0], StringComparer.Ordinal)];
        DatasetItem[] distinct = [.. all.DistinctBy(item => item.DuplicateKey)];
        var allowed = distinct.GroupBy(item => item.UserId).ToDictionary(user => user.Key, user => Allowed(user, options.MostPromptsPerUser, pseudonyms));
        DatasetItem[] kept = [.. distinct.Where(item => allowed[item.UserId].Contains(item.PromptKey))];

        var leftOut = new LeftOut(withoutConsent, items.WithoutPreference, all.Length - distinct.Length, distinct.Length - kept.Length);
        var agreement = Agreement(keptTasks, keptRatings, pseudonyms);
        return DatasetWriter.Write(kept, options, pseudonyms, leftOut, agreement, masker.Found);
    }

    /// <summary>Of judgements with one id the last; of two at the same moment the same one in any order.</summary>
    private static IReadOnlyList<T> Latest<T>(IEnumerable<T> judgements, Func<T, string> id, Func<T, DateTimeOffset> at, Func<T, string> content) =>
        [.. judgements.GroupBy(id).Select(same => same.OrderBy(at).ThenBy(content, StringComparer.Ordinal).Last()).OrderBy(id, StringComparer.Ordinal)];

    /// <summary>At most so many of a user's prompts: which, a hash decides, so that neither early nor late ones are preferred.</summary>
    private static HashSet<string> Allowed(IGrouping<string, DatasetItem> user, int most, Pseudonyms pseudonyms) =>
        [.. user.Select(item => item.PromptKey).Distinct().OrderBy(key => pseudonyms.Share($"prompt:{user.Key}:{key}")).ThenBy(key => key, StringComparer.Ordinal).Take(most)];

    private static DatasetAgreement Agreement(ComparisonTask[] tasks, RatingJudgement[] ratings, Pseudonyms pseudonyms)
    {
        RankedTask[] ranked = [.. tasks.Select(task => new RankedTask(task.Id, task.ByLabeler))];
        IReadOnlyList<Rating>[] rated = [.. ratings.GroupBy(r => string.Join('\n', r.Prompt.Select(m => $"{m.Role}: {m.Content}").Append(r.Answer))).Select(answer => (Rating[])[.. answer.Select(r => r.Rating)])];
        return new DatasetAgreement(
            RankingAlpha.Of(ranked),
            PairwiseAgreement.Of(ranked),
            RankingAlpha.Of(rated, rating => rating.Helpful),
            RankingAlpha.Of(rated, rating => rating.Honest),
            RankingAlpha.Of(rated, rating => rating.Harmless),
            [.. LabelerAgreement.Of(ranked).Where(labeler => labeler.IsAtChance == true).Select(labeler => pseudonyms.Labeler(labeler.Labeler)).Order(StringComparer.Ordinal)]);
    }
}
