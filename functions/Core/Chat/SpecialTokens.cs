namespace ChatLoop.Core.Chat;

/// <summary>
/// The tokens that are no text, in the order of their ids, first in every vocabulary of ours. Only code puts them into a sequence: the text
/// of a user that spells one out is encoded as ordinary text.
/// </summary>
public static class SpecialTokens
{
    public const string Pad = "<|pad|>";
    public const string Begin = "<|begin|>";
    public const string End = "<|end|>";
    public const string System = "<|system|>";
    public const string User = "<|user|>";
    public const string Assistant = "<|assistant|>";

    /// <summary>Index = token id.</summary>
    public static IReadOnlyList<string> All { get; } = [Pad, Begin, End, System, User, Assistant];

    public const int PadId = 0;
    public const int BeginId = 1;
    public const int EndId = 2;
}
