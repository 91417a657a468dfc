using ChatLoop.App.Feedback;
using ChatLoop.App.Labeling;
using ChatLoop.App.Users;
using ChatLoop.Core.Datasets;

namespace ChatLoop.App.Datasets;

/// <summary>Reads everything that users and labelers have said. Who does not consent is left out, and counted, by the assembly.</summary>
public sealed class JudgementGatherer(FeedbackStore feedback, LabelingTaskStore tasks, ConsentStore consents)
{
    internal async Task<(Judgements Judgements, NotUsed NotUsed)> GatherAsync(CancellationToken cancellationToken)
    {
        var gathered = new GatheredJudgements();
        var consenting = await consents.ConsentingAsync(cancellationToken);
        await foreach (var judgement in feedback.AllAsync(cancellationToken))
            FeedbackJudgements.Add(gathered, judgement);
        await foreach (var task in tasks.AllAsync(cancellationToken))
            TaskJudgements.Add(gathered, task, consenting);
        return (gathered.With(consenting), gathered.NotUsed);
    }
}
