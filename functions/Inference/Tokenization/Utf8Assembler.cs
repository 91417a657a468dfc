using System.Text;

namespace ChatLoop.Inference.Tokenization;

/// <summary>Puts text together from tokens' bytes; a character comes out when its last byte has come in, never in halves.</summary>
internal sealed class Utf8Assembler
{
    private readonly Decoder _decoder = Encoding.UTF8.GetDecoder();

    /// <summary>The characters that these bytes complete. Bytes that are no UTF-8 become U+FFFD.</summary>
    public string Append(ReadOnlySpan<byte> bytes) => Decode(bytes, flush: false);

    /// <summary>What is left when nothing follows: U+FFFD for a character cut short.</summary>
    public string Finish() => Decode([], flush: true);

    private string Decode(ReadOnlySpan<byte> bytes, bool flush)
    {
        Span<char> chars = stackalloc char[64];
        var needed = _decoder.GetCharCount(bytes, flush);
        if (needed > chars.Length) chars = new char[needed];
        return new string(chars[.._decoder.GetChars(bytes, chars, flush)]);
    }
}
