using System.Security.Cryptography;
using System.Text;

namespace ChatLoop.App.Storage;

/// <summary>Ids of what the app stores: 32 lower-case hexadecimal digits, safe in addresses, blob names and as orchestration ids.</summary>
internal static class Identifier
{
    private const int Length = 32;

    public static string New() => Guid.NewGuid().ToString("N");

    /// <summary>The same text always gets the same id, and nobody finds the text from it.</summary>
    public static string From(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..Length];

    public static bool IsWellFormed(string text) => text.Length == Length && text.All(c => c is >= '0' and <= '9' or >= 'a' and <= 'f');
}
