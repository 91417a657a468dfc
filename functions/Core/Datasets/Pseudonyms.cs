using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace ChatLoop.Core.Datasets;

/// <summary>Keyed hashes (HMAC-SHA-256): the same on every machine and in every version, and not to be guessed without the salt.</summary>
internal sealed class Pseudonyms(string salt)
{
    private readonly byte[] _key = Encoding.UTF8.GetBytes(salt);

    public string Labeler(string id) => "labeler-" + Convert.ToHexStringLower(Hash("labeler:" + id)[..6]);

    public string User(string id) => Convert.ToHexStringLower(Hash("owner:" + id)[..16]);

    /// <summary>The same key always falls on the same place of [0, 1).</summary>
    public double Share(string key) => (BinaryPrimitives.ReadUInt64BigEndian(Hash(key)) >> 11) * (1.0 / (1UL << 53));

    private byte[] Hash(string text) => HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(text));
}
