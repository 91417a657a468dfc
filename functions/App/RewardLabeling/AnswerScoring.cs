using ChatLoop.App.Conversations;
using ChatLoop.App.Labeling;
using ChatLoop.App.Storage;
using ChatLoop.App.Users;
using ChatLoop.Core.Chat;
using ChatLoop.Core.Conversations;
using ChatLoop.Core.Feedback;
using ChatLoop.Inference.Rewards;
using Microsoft.Extensions.Logging;

namespace ChatLoop.App.RewardLabeling;

/// <summary>Scores stored answers with the reward model and keeps the scores.</summary>
public sealed class AnswerScoring(
    RewardModel model, LabelingTaskStore tasks, ConversationStore conversations, RewardScores scores, UserItemIndex items, Disagreements disagreements, ILogger<AnswerScoring> logger)
{
    /// <returns>What could not be scored, as sentences; the rest is.</returns>
    internal async Task<IReadOnlyList<string>> ScoreAsync(RewardLabelingRequest request, CancellationToken cancellationToken)
    {
        if (model.Scorer is not { } scorer)
            return ["No reward model is loaded: set Reward:ModelPath, then requeue the message."];
        if (request.RewardModel is { } wanted && wanted != scorer.Name)
            return [$"The reward model '{wanted}' is asked for, but '{scorer.Name}' is loaded: leave rewardModel out, or requeue the message once it is."];

        var reasons = new List<string>();
        foreach (var answer in request.Answers)
        {
            try
            {
                await (answer.TaskId is { } taskId
                    ? ScoreTaskAsync(taskId, request.Purpose!.Value, scorer, cancellationToken)
                    : ScoreTurnAsync(answer, scorer, cancellationToken));
            }
            // The second: the scorer's word for what is too long.
            catch (Exception e) when (e is KeyNotFoundException or ArgumentException)
            {
                reasons.Add(e.Message);
            }
        }

        logger.AnswersScored(request.Id, $"{request.Purpose}", request.Answers.Count - reasons.Count, reasons.Count);
        return reasons;
    }

    private async Task ScoreTaskAsync(string taskId, RewardLabelingPurpose purpose, IRewardScorer scorer, CancellationToken cancellationToken)
    {
        var task = await tasks.FindAsync(taskId, cancellationToken) ?? throw new KeyNotFoundException($"There is no labeling task {taskId}.");
        if (task.Answers.Count == 0)
            throw new KeyNotFoundException($"The labeling task {taskId} has no answers to score.");
        (string, string)[] prompt = [.. task.Prompt.Select(message => (message.Role, message.Content))];
        var values = scorer.Score([.. task.Answers.Select(IReadOnlyList<(string, string)> (answer) => [.. prompt, (ChatRole.Assistant, answer.Text)])]);
        double[] kept = [.. values.Select(value => Math.Round(value, 4))];
        await scores.KeepAsync(taskId, scorer.Name, kept, purpose == RewardLabelingPurpose.AiFeedback, cancellationToken);
        if (purpose == RewardLabelingPurpose.Disagreement)
            await disagreements.CompareAsync(task, scorer.Name, kept, cancellationToken);
    }

    private async Task ScoreTurnAsync(AnswerReference answer, IRewardScorer scorer, CancellationToken cancellationToken)
    {
        var (conversationId, turnId) = (answer.ConversationId!, answer.TurnId!);
        var conversation = Identifier.IsWellFormed(conversationId) ? await conversations.FindAsync(conversationId, cancellationToken) : null;
        if (conversation?.FindTurn(turnId)?.Reply is not { } reply || !Identifier.IsWellFormed(turnId))
            throw new KeyNotFoundException($"There is no answered turn {turnId} in a conversation {conversationId}.");
        var text = answer.DraftId is not { } draftId
            ? reply.Text
            : reply.Drafts?.FirstOrDefault(draft => draft.Id == draftId)?.Text ?? throw new KeyNotFoundException($"The turn {turnId} has no draft {draftId}.");
        (string, string)[] dialogue =
        [
            .. ConversationHistory.Before(conversation, turnId).SelectMany(exchange => new[] { (ChatRole.User, exchange.Question), (ChatRole.Assistant, exchange.Answer) }),
            (ChatRole.User, conversation.ReadTurn(turnId).Question),
            (ChatRole.Assistant, text),
        ];
        var value = scorer.Score([dialogue])[0];
        if (conversation.UserId is { } owner)
            await items.AddAsync(owner, LabelingItems.Score, conversationId, cancellationToken);
        await scores.KeepAnswerAsync(conversationId, answer.DraftId ?? turnId, scorer.Name, Math.Round(value, 4), cancellationToken);
    }
}
