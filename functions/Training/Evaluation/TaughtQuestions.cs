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

    public bool Include(Conversation conversation) =>
        _reward is not null && _ranked.Contains(conversation.Source)
        && RewardSplits.Of(Comparison.Pair(conversation.Source, conversation.Messages[0].Content, "", ""), _reward) == RewardSplit.Train;
}
