namespace ChatLoop.App.OpenAi;

/// <summary>The models that can be asked.</summary>
internal sealed record ModelList(string Object, IReadOnlyList<ModelItem> Data);
