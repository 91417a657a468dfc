namespace ChatLoop.App.Labeling.Views;

/// <param name="Scores">One per answer, in the order in which the labeler sees them; 0 is an average answer.</param>
internal sealed record RewardView(string Model, IReadOnlyList<double> Scores);
