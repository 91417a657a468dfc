namespace ChatLoop.Training.Data;

/// <summary>One text of pre-training.</summary>
/// <param name="Set">The mixture's unit: a data set, or a part of one.</param>
internal sealed record TextDocument(string Set, string Text);
