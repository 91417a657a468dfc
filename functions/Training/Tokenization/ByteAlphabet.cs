namespace ChatLoop.Training.Tokenization;

/// <summary>GPT-2's alphabet: every byte is one printable character, so that tokens of any bytes can be written in JSON.</summary>
internal static class ByteAlphabet
{
    /// <summary>Index = byte.</summary>
    public static IReadOnlyList<char> Characters { get; } = Build();

    private static char[] Build()
    {
        var alphabet = new char[256];
        var next = 256;
        for (var b = 0; b < 256; b++)
        {
            var printable = b is >= '!' and <= '~' or >= 0xA1 and <= 0xAC or >= 0xAE and <= 0xFF;
            alphabet[b] = (char)(printable ? b : next++);
        }

        return alphabet;
    }
}
