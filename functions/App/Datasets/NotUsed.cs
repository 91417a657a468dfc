namespace ChatLoop.App.Datasets;

/// <summary>What people said that no data set is made of, and is counted only.</summary>
/// <param name="Thumbs">A thumb does not say which other answer would have been better or worse.</param>
/// <param name="Flags">Of several answers together: which of them was meant nobody said.</param>
/// <param name="Gold">Submissions to gold tasks: these measure labelers.</param>
/// <param name="Incomplete">Preferences whose drafts are gone, and texts that were purged.</param>
public sealed record NotUsed(int Thumbs, int Flags, int Gold, int Incomplete)
{
    public static NotUsed operator +(NotUsed a, NotUsed b) => new(a.Thumbs + b.Thumbs, a.Flags + b.Flags, a.Gold + b.Gold, a.Incomplete + b.Incomplete);
}
