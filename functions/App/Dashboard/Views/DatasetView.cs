namespace ChatLoop.App.Dashboard.Views;

/// <param name="Comparisons">Pairs and ranked answers.</param>
/// <param name="Users">Whose prompts are in it.</param>
internal sealed record DatasetView(string Id, DateTimeOffset Created, int Comparisons, int Demonstrations, int Ratings, int Users);
