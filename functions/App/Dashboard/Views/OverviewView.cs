using ChatLoop.App.Datasets;
using ChatLoop.Core.Labeling.Tasks;

namespace ChatLoop.App.Dashboard.Views;

/// <summary>How the loop stands.</summary>
/// <param name="ByKind">How many tasks there are of each kind.</param>
/// <param name="Throughput">The last days on which anybody submitted, the oldest first.</param>
/// <param name="Disagreements">Where the reward model and people differ most.</param>
/// <param name="Datasets">The oldest first: how the data grow.</param>
/// <param name="At">When these figures were made: they are kept for some seconds.</param>
internal sealed record OverviewView(
    TaskCounts Tasks,
    IReadOnlyDictionary<LabelingTaskKind, int> ByKind,
    IReadOnlyList<DayFigures> Throughput,
    AgreementView Agreement,
    IReadOnlyList<QueueView> Queues,
    IReadOnlyList<DisagreementView> Disagreements,
    FeedbackCounts Feedback,
    IReadOnlyList<DatasetSummary> Datasets,
    DateTimeOffset At);
