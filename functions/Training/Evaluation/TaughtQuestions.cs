using ChatLoop.Core.Chat;
using ChatLoop.Training.Data;
using ChatLoop.Training.Data.Ranked;
using ChatLoop.Training.Rewards;

namespace ChatLoop.Training.Evaluation;

/// <summary>
/// Knows the held-out conversations whose question a later stage was taught after all: the reward model, and DPO with it, learn from ranked
/// answers to questions of their own split, the right answer among them.
/// </summary>
internal sealed class TaughtQuestions(EvalSetting setting)
{
    private readonly RewardOptions? _reward = setting.Context.Recipe.Has("reward") ? setting.Context.Options<RewardOptions>("reward") : null;
    private readonly HashSet<string> _ranked = [.. setting.Sets.Where(RankedSets.IsRanked).Select(s => s.Name)];

    // Of judged questions, the very ones: how many are held out depends on how many there are.
    private readonly Lazy<HashSet<string>?> _judged = new(() => setting.Context.Recipe.Has("reward") && setting.Context.Options<DataOptions>("data").JudgedQuestions ? [.. ComparisonReader.Training("reward", setting.Context).Select(c => c.Key)] : null);

    public bool Include(Conversation conversation) =>
        _judged.Value is { } judged ? judged.Contains(conversation.Messages.Last(m => m.Role == ChatRole.User).Content)
        : _reward is not null && _ranked.Contains(conversation.Source)
        && RewardSplits.Of(Comparison.Pair(conversation.Source, conversation.Messages[0].Content, "", ""), _reward) == RewardSplit.Train;
}
