using ChatLoop.Core.Labeling;
using ChatLoop.Core.Labeling.Tasks;

namespace ChatLoop.Core.Feedback;

internal static class LabelingRequestChecks
{
    private const int MostLabelers = 20;

    private const double HighestTemperature = 2;

    public static IEnumerable<string> Mistakes(LabelingRequest message) =>
    [
        .. FieldChecks.Id("id", message.Id),
        .. FieldChecks.Id("submittedBy", message.SubmittedBy),
        .. FieldChecks.OptionalId("ownerId", message.OwnerId),
        .. FieldChecks.Kind("kind", message.Kind),
        .. FieldChecks.Time(message.At),
        .. FieldChecks.Prompt(message.Prompt),
        .. message.Labelers is < 1 or > MostLabelers ? [$"labelers is {message.Labelers}; it goes from 1 to {MostLabelers}."] : Array.Empty<string>(),
        .. Answers(message),
        .. Sources(message),
        .. Gold(message),
    ];

    private static IEnumerable<string> Answers(LabelingRequest message)
    {
        foreach (var mistake in message.Answers.SelectMany((answer, index) => FieldChecks.Text($"answers[{index}]", answer))) yield return mistake;
        if (message.Drafts < 0) yield return $"drafts is {message.Drafts}; it is 0 or more.";
        var count = message.Answers.Count + (long)Math.Max(0, message.Drafts);
        var (fewest, most) = message.Kind switch
        {
            LabelingTaskKind.Rank => (Ranking.FewestAnswers, Ranking.MostAnswers),
            LabelingTaskKind.Write => (0, 0),
            LabelingTaskKind.Rate => (1, Ranking.MostAnswers),
            // Without an answer the question is what is judged.
            LabelingTaskKind.Flag => (0, Ranking.MostAnswers),
            _ => (0, Ranking.MostAnswers),
        };
        if (count > most && most == 0) yield return $"A task to write takes no answers; there are {count} with the drafts.";
        else if (count < fewest || count > most) yield return $"There are {count} answers with the drafts; a task to {$"{message.Kind}".ToLowerInvariant()} takes {fewest} to {most}.";
    }

    private static IEnumerable<string> Sources(LabelingRequest message)
    {
        if (message.Sources.Count > Math.Max(0, message.Drafts)) yield return $"There are {message.Sources.Count} sources for {message.Drafts} drafts.";
        foreach (var (index, source) in message.Sources.Index())
        {
            if (source is null) yield return $"sources[{index}] is null.";
            if (source?.Temperature is < 0 or > HighestTemperature) yield return $"sources[{index}] has the temperature {source.Temperature}; it goes from 0 to {HighestTemperature}.";
            foreach (var mistake in FieldChecks.OptionalId($"sources[{index}].model", source?.Model)) yield return mistake;
        }
    }

    private static IEnumerable<string> Gold(LabelingRequest message)
    {
        if (message.GoldRanks is null) yield break;
        if (message.Kind != LabelingTaskKind.Rank) yield return "goldRanks are given, but the kind is not rank.";
        if (message.Drafts > 0) yield return "goldRanks are given, but drafts are asked for, which nobody has ranked.";
        if (Ranking.Mistake(message.GoldRanks, message.Answers.Count) is { } mistake) yield return $"goldRanks: {mistake}";
    }
}
