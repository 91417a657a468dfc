namespace ChatLoop.Core.Moderation;

/// <summary>FNV-1a over UTF-16 code units with the finaliser of MurmurHash3: the same on every machine and in every version, as models are trained on it.</summary>
internal static class StableHash
{
    /// <summary>Word and character n-grams start apart, so that "cat" the word is not "cat" the letters.</summary>
    public const ulong Word = 0xCBF29CE484222325;
    public const ulong Characters = 0x84222325CBF29CE4;

    private const ulong Prime = 0x100000001B3;

    public static ulong Add(ulong hash, char unit) => unchecked((hash ^ unit) * Prime);

    public static ulong Add(ulong hash, string units)
    {
        foreach (var unit in units) hash = Add(hash, unit);
        return hash;
    }

    public static ulong Mix(ulong hash)
    {
        unchecked
        {
            hash = (hash ^ (hash >> 33)) * 0xFF51AFD7ED558CCD;
            hash = (hash ^ (hash >> 33)) * 0xC4CEB9FE1A85EC53;
            return hash ^ (hash >> 33);
        }
    }
}
