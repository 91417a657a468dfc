using ChatLoop.App.Dashboard.Views;
using ChatLoop.App.RewardLabeling;
using ChatLoop.Core.Labeling;
using ChatLoop.Core.Labeling.Agreement;
using ChatLoop.Core.Labeling.Tasks;

namespace ChatLoop.App.Dashboard;

/// <summary>How far labelers agree with each other, with what is known, and with the reward model.</summary>
internal static class AgreementFigures
{
    public static AgreementView Of(IReadOnlyCollection<LabelingTask> tasks, IReadOnlyCollection<TaskScores> scores)
    {
        LabelingTask[] judged = [.. tasks.Where(task => task.Kind == LabelingTaskKind.Rank && task.Submissions.Any(submission => submission.Ranks is not null))];
        RankedTask[] ranked = [.. judged.Select(Ranked)];
        IReadOnlyList<Rating>[] ratings = [.. tasks.SelectMany(Ratings)];
        return new AgreementView(
            RankingAlpha.Of(ranked),
            PairwiseAgreement.Of(ranked).ShareWithoutTies,
            new RatingAlphas(
                RankingAlpha.Of(ratings, rating => rating.Helpful), RankingAlpha.Of(ratings, rating => rating.Honest), RankingAlpha.Of(ratings, rating => rating.Harmless)),
            ModelVersusPeople(ranked, scores),
            Labelers(judged, ranked));
    }

    private static RankedTask Ranked(LabelingTask task) => new(
        task.Id,
        task.Submissions.Where(submission => submission.Ranks is not null).ToDictionary(submission => submission.Labeler, submission => Ranking.Of(submission.Ranks!)));

    private static IEnumerable<IReadOnlyList<Rating>> Ratings(LabelingTask task) =>
        from index in Enumerable.Range(0, task.Answers.Count)
        let ofAnswer = task.Submissions.Where(submission => submission.Ratings is not null).Select(submission => submission.Ratings![index]).ToList()
        where ofAnswer.Count > 1
        select ofAnswer;

    private static double? ModelVersusPeople(IEnumerable<RankedTask> ranked, IEnumerable<TaskScores> scores)
    {
        var byTask = scores.ToLookup(score => score.TaskId);
        return PairwiseAgreement.Of(
            from task in ranked
            from score in byTask[task.Id]
            select (RankedPairs.Of([.. task.ByLabeler.Values]).Ranking, ByScore(score.Scores))).ShareWithoutTies;
    }

    /// <summary>The highest score first.</summary>
    private static Ranking ByScore(IReadOnlyList<double> scores) => Ranking.Of([.. scores.Select(score => 1 + scores.Count(other => other > score))]);

    private static IReadOnlyList<LabelerView> Labelers(IEnumerable<LabelingTask> judged, IEnumerable<RankedTask> ranked)
    {
        var agreement = LabelerAgreement.Of(ranked).ToDictionary(labeler => labeler.Labeler);
        var gold = (from task in judged
                    where task.GoldRanks is not null
                    from submission in task.Submissions
                    where submission.Ranks is not null
                    select (submission.Labeler, KendallTau.Of(Ranking.Of(submission.Ranks!), Ranking.Of(task.GoldRanks!)).TauB)).ToLookup(pair => pair.Labeler, pair => pair.TauB);
        return
        [
            .. from labeler in agreement.Keys.Union(gold.Select(pairs => pairs.Key)).Order(StringComparer.Ordinal)
               let among = agreement.GetValueOrDefault(labeler)
               select new LabelerView(labeler, among?.Tasks ?? 0, among?.MeanTauB, among?.PValue, among?.IsAtChance, Gold(gold[labeler])),
        ];
    }

    private static GoldFigures? Gold(IEnumerable<double?> taus) => taus.Count() is > 0 and var count ? new GoldFigures(count, taus.Average()) : null;
}
