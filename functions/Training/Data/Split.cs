namespace ChatLoop.Training.Data;

/// <summary>What a document or conversation is used for. Held-out text is not even written.</summary>
internal enum Split
{
    Train,
    Val,
}
