namespace ChatLoop.App.Dashboard.Views;

/// <param name="Tau">Kendall's tau-b of people's consensus and the reward model.</param>
internal sealed record DisagreementView(string TaskId, double Tau);
