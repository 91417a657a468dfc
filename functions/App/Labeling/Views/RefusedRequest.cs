namespace ChatLoop.App.Labeling.Views;

/// <param name="Line">From 1; empty lines do not count.</param>
/// <param name="Mistakes">Every mistake as a sentence.</param>
internal sealed record RefusedRequest(int Line, IReadOnlyList<string> Mistakes);
