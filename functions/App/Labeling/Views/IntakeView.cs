namespace ChatLoop.App.Labeling.Views;

/// <param name="Accepted">How many requests are on the queue.</param>
internal sealed record IntakeView(int Accepted, IReadOnlyList<RefusedRequest> Refused);
