namespace ChatLoop.App.Labeling;

/// <summary>The places that a labeler has taken, in the order in which they were taken.</summary>
internal sealed record Reservations(IReadOnlyList<Reservation> Held);
