namespace ChatLoop.App.Labeling.Views;

internal sealed record AnswerView(string Text);
