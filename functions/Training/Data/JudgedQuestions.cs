using ChatLoop.Core.Chat;
using ChatLoop.Training.Data.Ranked;

namespace ChatLoop.Training.Data;

/// <summary>
/// The questions of a folder of judgements, each once with the answer that was liked best: of comparisons, ratings and demonstrations.
/// Those of `eval-` sets are held out; where they are too few, so are more, by the hash by which reward models hold out questions.
/// </summary>
internal sealed class JudgedQuestions(IReadOnlyList<DataSet> sets, DataOptions options)
{
    /// <summary>Demonstrations of users who are held out.</summary>
    public IEnumerable<Conversation> HeldOutDemonstrations => sets.Where(set => set.IsHeldOut).Select(set => set.Only(JudgedFiles.Demonstrations)).SelectMany(Sources.GenericSource.Conversations);

    /// <summary>Writes both files; returns how many questions each has.</summary>
    /// <param name="demonstrations">Those to train on.</param>
    public (int Train, int Val) Write(string folder, IEnumerable<Conversation> demonstrations)
    {
        Conversation[] held = [.. sets.SelectMany(JudgedFiles.HeldOut).Select(Of).Concat(HeldOutDemonstrations).Where(IsQuestion).DistinctBy(KeyOf)];
        var heldKeys = held.Select(KeyOf).ToHashSet();
        Conversation[] train = [.. sets.Where(RankedSets.IsRanked).SelectMany(RankedSets.Read).Select(Of).Concat(demonstrations).Where(IsQuestion).DistinctBy(KeyOf).Where(c => !heldKeys.Contains(KeyOf(c)))];

        // At most half: some have to be left to train on.
        var missing = Math.Clamp(options.HeldOutQuestions - held.Length, 0, train.Length / 2);
        var byPlace = train.OrderBy(PlaceOf).ToArray();
        var taken = Math.Max(missing, byPlace.Count(c => PlaceOf(c) < options.ValShare));
        held = [.. held, .. byPlace.Take(taken)];
        train = [.. train.Except(byPlace.Take(taken))];
        WriteFile(QuestionSplit.FileOf(folder, Split.Train), train);
        WriteFile(QuestionSplit.FileOf(folder, Split.Val), held);
        return (train.Length, held.Length);
    }

    private static void WriteFile(string file, Conversation[] questions)
    {
        using var split = new SplitFile<Conversation>(file, DataJson.Lines.Conversation);
        foreach (var question in questions) split.Add(question);
        split.Finish();
    }

    private static Conversation Of(Comparison comparison)
    {
        var best = comparison.Answers[comparison.Pairs[0].Better];
        return new Conversation(comparison.Source, [.. best.Prompt, new Message(ChatRole.Assistant, best.Text)]);
    }

    private static bool IsQuestion(Conversation conversation) => conversation.Messages is [.., { Role: ChatRole.User }, { Role: ChatRole.Assistant }];

    private static string KeyOf(Conversation conversation) => conversation.Messages[^2].Content;

    private static double PlaceOf(Conversation conversation) => Rewards.RewardSplits.PlaceOf(KeyOf(conversation));
}
