namespace ChatLoop.App.Dashboard.Views;

/// <param name="Messages">About: the queue counts so.</param>
/// <param name="OldestAgeSeconds">Of the oldest message that nobody works on; null where there is none.</param>
/// <param name="Poison">Messages that could not be taken and wait for somebody.</param>
internal sealed record QueueView(string Queue, int Messages, double? OldestAgeSeconds, int Poison);
