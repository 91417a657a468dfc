using System.Globalization;
using ChatLoop.App.Models;
using ChatLoop.App.Storage;
using ChatLoop.Core.Datasets;
using ChatLoop.Core.Feedback;
using ChatLoop.Core.Labeling.Tasks;
using ChatLoop.Core.ModelFolders;
using ChatLoop.Core.Moderation;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Options;

namespace ChatLoop.App.Labeling;

/// <summary>
/// Has models draft answers. Seeds come from the task's id, so that a message that is delivered twice drafts the same. A draft that is
/// empty, flagged, or says what another says already is drafted again, a few times.
/// </summary>
public sealed class AnswerDrafts(ModelClients models, IModerator moderator, IOptions<LabelingOptions> options)
{
    /// <returns>As many drafts as were asked for, or fewer.</returns>
    /// <exception cref="ModelFolderException">A source names a model that cannot be had.</exception>
    internal async Task<IReadOnlyList<TaskAnswer>> WriteAsync(string taskId, LabelingRequest request, CancellationToken cancellationToken)
    {
        ChatMessage[] prompt = [.. request.Prompt.Select(message => new ChatMessage(new ChatRole(message.Role), message.Content))];
        var drafts = new List<TaskAnswer>();
        for (var place = 0; place < request.Drafts; place++)
        {
            var source = request.Sources.Count == 0 ? new DraftSource() : request.Sources[place % request.Sources.Count];
            var model = await models.EnterAsync(source.Model, cancellationToken);
            try
            {
                if (await WriteOneAsync(place, source, model.Client) is { } text)
                    drafts.Add(new TaskAnswer(text, model.Version.Version));
            }
            finally
            {
                model.Leave();
            }
        }

        return drafts;

        async Task<string?> WriteOneAsync(int place, DraftSource source, IChatClient model)
        {
            // Greedy drafts are all the same.
            var attempts = source.Temperature == 0 ? 1 : 1 + options.Value.MostRedrafts;
            for (var attempt = 0; attempt < attempts; attempt++)
            {
                var settings = new ChatOptions { Temperature = (float?)source.Temperature, Seed = Seed(taskId, place, attempt) };
                var text = (await model.GetResponseAsync(prompt, settings, cancellationToken)).Text;
                if (await IsFitAsync(text, request, drafts, cancellationToken))
                    return text;
            }

            return null;
        }
    }

    private async Task<bool> IsFitAsync(string text, LabelingRequest request, List<TaskAnswer> drafts, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(text))
            return false;
        string[] before = [.. request.Answers, .. drafts.Select(draft => draft.Text)];
        if (before.Any(other => NearDuplicates.Similarity(other, text) >= NearDuplicates.DefaultThreshold))
            return false;
        // What is to be flagged must be there to be flagged.
        return request.Kind == LabelingTaskKind.Flag || !(await moderator.ModerateAsync(text, ModerationDirection.Answer, cancellationToken)).Flagged;
    }

    private static long Seed(string taskId, int place, int attempt) =>
        long.Parse(Identifier.From(string.Create(CultureInfo.InvariantCulture, $"draft {taskId} {place} {attempt}"))[..15], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
