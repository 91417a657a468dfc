namespace ChatLoop.App.Labeling.Views;

/// <param name="Reward">What the reward model thinks, once it cannot sway the labeler any more; null where it was not asked.</param>
internal sealed record SubmissionView(bool Accepted, TaskStanding Task, RewardView? Reward);
