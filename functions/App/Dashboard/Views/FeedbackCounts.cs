namespace ChatLoop.App.Dashboard.Views;

/// <summary>How many judgements of each kind stand.</summary>
internal sealed record FeedbackCounts(int ThumbUp, int ThumbDown, int Preference, int Correction);
