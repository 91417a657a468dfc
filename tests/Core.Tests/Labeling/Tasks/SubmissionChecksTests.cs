using ChatLoop.Core.Labeling;
using ChatLoop.Core.Labeling.Tasks;

namespace ChatLoop.Core.Tests.Labeling.Tasks;

public sealed class SubmissionChecksTests
{
    private static readonly Submission Bare = new() { Id = "s", Labeler = "ana", SubmittedAt = DateTimeOffset.UnixEpoch };

    private static readonly Rating Fair = new(4, 4, 4);

    public static TheoryData<LabelingTaskKind, Submission> Valid => new()
    {
        { LabelingTaskKind.Rank, Bare with { Ranks = [1, 1] } },
        { LabelingTaskKind.Rank, Bare with { Ranks = [2, 1], Ratings = [Fair, Fair] } },
        { LabelingTaskKind.Rate, Bare with { Ratings = [Fair, Fair] } },
        { LabelingTaskKind.Write, Bare with { Text = "Yes, it is." } },
        { LabelingTaskKind.Flag, Bare with { Categories = [] } },
        { LabelingTaskKind.Flag, Bare with { Categories = ["hate"] } },
    };

    public static TheoryData<LabelingTaskKind, Submission, string> Invalid => new()
    {
        { LabelingTaskKind.Rank, Bare, "ranks are missing" },
        { LabelingTaskKind.Rank, Bare with { Ranks = [1, 2], Ratings = [Fair] }, "1 ratings for 2 answers" },
        { LabelingTaskKind.Rate, Bare with { Ratings = [Fair, new(8, 4, 4)] }, "Answer 2: The rating helpful is 8" },
        { LabelingTaskKind.Rate, Bare with { Ratings = [Fair, Fair], Ranks = [1, 2] }, "A task to rate takes no ranks" },
        { LabelingTaskKind.Write, Bare with { Text = " " }, "answer is empty" },
        { LabelingTaskKind.Write, Bare with { Text = new string('a', 16_001) }, "16001 characters" },
        { LabelingTaskKind.Flag, Bare, "categories are missing" },
        { LabelingTaskKind.Flag, Bare with { Categories = ["rude"] }, "'rude' is none" },
        { LabelingTaskKind.Flag, Bare with { Categories = [], Id = "" }, "has no id" },
        { LabelingTaskKind.Flag, Bare with { Categories = [], Labeler = " " }, "who labels" },
        { LabelingTaskKind.Flag, Bare with { Categories = [], Comment = new string('a', 2_001) }, "comment has 2001" },
    };

    [Theory]
    [MemberData(nameof(Valid))]
    public void A_submission_that_answers_its_task_has_no_mistakes(LabelingTaskKind kind, Submission submission) =>
        Assert.Empty(SubmissionChecks.Mistakes(LabelingTaskMovesTests.Task(kind), submission));

    [Theory]
    [MemberData(nameof(Invalid))]
    public void A_mistake_is_said_in_a_sentence(LabelingTaskKind kind, Submission submission, string mistake) =>
        Assert.Contains(mistake, Assert.Single(SubmissionChecks.Mistakes(LabelingTaskMovesTests.Task(kind), submission)), StringComparison.Ordinal);
}
