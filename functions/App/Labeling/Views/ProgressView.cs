namespace ChatLoop.App.Labeling.Views;

/// <param name="Open">Tasks that want labelers, whoever they are.</param>
internal sealed record ProgressView(int Submitted, int Skipped, int Held, int Open);
