using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace ChatLoop.App.Chat;

/// <summary>Chance by a turn's id: the same however often it is asked.</summary>
internal static class DraftLot
{
    /// <summary>Whether a turn is among the share that gets two drafts.</summary>
    public static bool Falls(string turnId, double rate) => (Draw("rate", turnId) >> 11) * (1.0 / (1UL << 53)) < rate;

    /// <summary>People like what stands first: the second draft stands there half of the time.</summary>
    public static bool SecondIsLeft(string turnId) => (Draw("side", turnId) & 1) == 1;

    public static long Seed(string turnId) => (long)(Draw("seed", turnId) >> 1);

    private static ulong Draw(string purpose, string turnId) => BinaryPrimitives.ReadUInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes($"{purpose} {turnId}")));
}
