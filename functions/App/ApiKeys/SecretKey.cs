using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace ChatLoop.App.ApiKeys;

/// <summary>
/// The keys themselves: `cl-` and 256 random bits. They are stored as SHA-256: slow, salted hashes are for passwords, which can be
/// guessed; nobody guesses 256 random bits, whatever a guess costs, and a slow hash would be paid for by every request.
/// </summary>
internal static class SecretKey
{
    public const string Prefix = "cl-";
    private const int Bytes = 32;

    public static string New() => Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));

    public static bool IsWellFormed(string key) =>
        key.StartsWith(Prefix, StringComparison.Ordinal) && key.Length == Prefix.Length + Base64Url.GetEncodedLength(Bytes) && Base64Url.IsValid(key.AsSpan(Prefix.Length));

    public static string Hash(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));

    public static string IdOf(string hash) => hash[..(hash.Length / 2)];
}
