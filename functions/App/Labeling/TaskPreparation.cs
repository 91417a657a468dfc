using ChatLoop.App.Users.Purging;
using ChatLoop.Core.Chat;
using ChatLoop.Core.Feedback;
using ChatLoop.Core.Labeling;
using ChatLoop.Core.Labeling.Tasks;
using ChatLoop.Core.ModelFolders;
using ChatLoop.Core.Moderation;
using ChatLoop.Inference;
using Microsoft.Extensions.Logging;

namespace ChatLoop.App.Labeling;

/// <summary>Turns a request into an open task: moderates its prompt, has answers drafted, and stores it.</summary>
public sealed class TaskPreparation(
    LabelingTaskStore tasks, TaskOpening opening, AnswerDrafts drafts, IModerator moderator, PurgeStore purges, TimeProvider time, ILogger<TaskPreparation> logger)
{
    /// <returns>Why no task can be made of the request, as sentences; none where there is one.</returns>
    internal async Task<IReadOnlyList<string>> PrepareAsync(string taskId, LabelingRequest request, CancellationToken cancellationToken)
    {
        if (request.OwnerId is { } owner && await purges.CoversAsync(owner, request.At, cancellationToken))
        {
            logger.TaskOfPurgedUser(taskId);
            return [];
        }

        // Delivered again: what was drafted stands, and what is missing beside it is made up for.
        if (await tasks.FindAsync(taskId, cancellationToken) is { } stored)
        {
            await opening.OpenAsync(stored, first: false, cancellationToken);
            return [];
        }

        string[] flagged = [.. await FlaggedAsync(request, cancellationToken)];
        if (flagged.Length > 0)
            return flagged;

        try
        {
            var drafted = await drafts.WriteAsync(taskId, request, cancellationToken);
            if (Missing(request, drafted.Count) is { } missing)
                return [missing];
            logger.TaskPrepared(taskId, $"{request.Kind}", request.Answers.Count, drafted.Count, request.Drafts);
            await opening.OpenAsync(NewTask(taskId, request, drafted), first: false, cancellationToken);
            return [];
        }
        catch (PromptTooLongException e)
        {
            return [e.Message];
        }
        catch (ModelFolderException e)
        {
            return [$"A model that sources name cannot draft: {e.Message} GET /api/models lists the versions; name one of them, or none for the one that serves, and requeue the message."];
        }
    }

    private async Task<IEnumerable<string>> FlaggedAsync(LabelingRequest request, CancellationToken cancellationToken)
    {
        if (request.Kind == LabelingTaskKind.Flag)
            return [];
        var flagged = new List<string>();
        foreach (var (index, message) in request.Prompt.Index())
        {
            var direction = message.Role == ChatRole.Assistant ? ModerationDirection.Answer : ModerationDirection.Question;
            var verdict = await moderator.ModerateAsync(message.Content, direction, cancellationToken);
            if (verdict.Flagged)
                flagged.Add($"prompt[{index}] is flagged by moderation ({string.Join(", ", verdict.Categories)}); only tasks to flag take such prompts.");
        }

        return flagged;
    }

    private static string? Missing(LabelingRequest request, int drafted)
    {
        var fewest = request.Kind switch
        {
            LabelingTaskKind.Rank => Ranking.FewestAnswers,
            LabelingTaskKind.Rate => 1,
            // To flag without an answer: nothing was asked to be drafted, and the question is judged.
            LabelingTaskKind.Flag when request.Drafts > 0 => 1,
            _ => 0,
        };
        return request.Answers.Count + drafted >= fewest
            ? null
            : $"Of {request.Drafts} drafts {drafted} could be used (the others were flagged, empty or near duplicates); with {request.Answers.Count} answers given, {fewest} are needed: ask for more drafts, or for higher temperatures.";
    }

    private LabelingTask NewTask(string taskId, LabelingRequest request, IReadOnlyList<TaskAnswer> drafted) => new()
    {
        Id = taskId,
        Kind = request.Kind!.Value,
        Prompt = request.Prompt,
        Answers = [.. request.Answers.Select(text => new TaskAnswer(text)), .. drafted],
        Labelers = request.Labelers,
        Owners = request.OwnerId is { } owner ? [owner] : [],
        GoldRanks = request.GoldRanks,
        OpenedAt = time.GetUtcNow(),
    };
}
