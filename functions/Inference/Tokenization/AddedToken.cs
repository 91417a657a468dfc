namespace ChatLoop.Inference.Tokenization;

/// <summary>A token that merges never build.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Special">It steers the model and is no part of a text.</param>
internal sealed record AddedToken(int Id, bool Special);
