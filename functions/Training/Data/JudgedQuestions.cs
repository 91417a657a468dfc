using ChatLoop.Core.Chat;
using ChatLoop.Training.Data.Ranked;
using ChatLoop.Training.Data.Sources;
using ChatLoop.Training.Rewards;

namespace ChatLoop.Training.Data;

/// <summary>
/// The questions of a folder of judgements, each once with the answer that was liked best: of comparisons, ratings and demonstrations.
/// Those of `eval-` sets are held out; where they are too few, so are more, by the hash by which reward models hold out questions.
/// </summary>
internal sealed class JudgedQuestions
{
    private readonly Conversation[] _train;
    private readonly Conversation[] _held;
    private readonly HashSet<string> _heldKeys;

    public JudgedQuestions(IReadOnlyList<DataSet> sets, DataOptions options)
    {
        HeldOutDemonstrations = [.. sets.Where(set => set.IsHeldOut).Select(set => set.Only(JudgedFiles.Demonstrations)).SelectMany(GenericSource.Conversations).Select(Clean)];
        var demonstrations = sets.Where(set => !set.IsHeldOut && !PublicSources.IsForOtherStages(set)).SelectMany(PublicSources.Conversations).Select(Clean);
        Conversation[] ofHeldOutUsers = [.. Distinct(sets.SelectMany(JudgedFiles.HeldOut).Select(Of).Concat(HeldOutDemonstrations))];
        var theirs = ofHeldOutUsers.Select(KeyOf).ToHashSet();
        Conversation[] others = [.. Distinct(sets.Where(RankedSets.IsRanked).SelectMany(RankedSets.Read).Select(Of).Concat(demonstrations)).Where(c => !theirs.Contains(KeyOf(c))).OrderBy(PlaceOf)];

        // At most half: some have to be left to train on.
        var missing = Math.Clamp(options.HeldOutQuestions - ofHeldOutUsers.Length, 0, others.Length / 2);
        var taken = Math.Max(missing, others.Count(c => PlaceOf(c) < options.ValShare));
        (_held, _train) = ([.. ofHeldOutUsers, .. others[..taken]], others[taken..]);
        _heldKeys = [.. _held.Select(KeyOf)];
    }

    /// <summary>Demonstrations of users who are held out.</summary>
    public IReadOnlyList<Conversation> HeldOutDemonstrations { get; }

    /// <summary>Which side a demonstration is on: that of its question.</summary>
    public Split SplitOf(Conversation conversation) => IsQuestion(conversation) && _heldKeys.Contains(KeyOf(conversation)) ? Split.Val : Split.Train;

    /// <summary>Writes both files; returns how many questions each has.</summary>
    public (int Train, int Val) Write(string folder)
    {
        Write(QuestionSplit.FileOf(folder, Split.Train), _train);
        Write(QuestionSplit.FileOf(folder, Split.Val), _held);
        return (_train.Length, _held.Length);
    }

    private static void Write(string file, Conversation[] questions)
    {
        using var split = new SplitFile<Conversation>(file, DataJson.Lines.Conversation);
        foreach (var question in questions) split.Add(question);
        split.Finish();
    }

    private static IEnumerable<Conversation> Distinct(IEnumerable<Conversation> conversations) => conversations.Where(IsQuestion).DistinctBy(KeyOf);

    private static Conversation Of(Comparison comparison)
    {
        var best = comparison.Answers[comparison.Pairs[0].Better];
        return new Conversation(comparison.Source, [.. best.Prompt, new Message(ChatRole.Assistant, best.Text)]);
    }

    private static Conversation Clean(Conversation conversation) => conversation with { Messages = [.. conversation.Messages.Select(m => m with { Content = TextCleaner.Clean(m.Content) })] };

    private static bool IsQuestion(Conversation conversation) => conversation.Messages is [.., { Role: ChatRole.User }, { Role: ChatRole.Assistant }];

    private static string KeyOf(Conversation conversation) => conversation.Messages[^2].Content;

    private static double PlaceOf(Conversation conversation) => RewardSplits.PlaceOf(KeyOf(conversation));
}
