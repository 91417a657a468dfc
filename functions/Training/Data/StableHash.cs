using System.IO.Hashing;
using System.Text;

namespace ChatLoop.Training.Data;

/// <summary>Hashes that are the same on every machine and in every run (XxHash64), unlike <see cref="string.GetHashCode()"/>.</summary>
internal static class StableHash
{
    public static ulong Of(string text) => XxHash64.HashToUInt64(Encoding.UTF8.GetBytes(text));

    /// <summary>The same key always falls on the same place of [0, 1).</summary>
    public static double Share(string key) => (Of(key) >> 11) * (1.0 / (1UL << 53));
}
