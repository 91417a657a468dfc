using System.Runtime.CompilerServices;

namespace ChatLoop.App.Labeling.Requests;

/// <summary>Lines of a stream that may be longer than memory, and have lines that are.</summary>
internal static class Lines
{
    /// <summary>Every line that is not empty; longer ones are cut after one byte more than the most.</summary>
    public static async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAsync(Stream stream, int most, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var line = new List<byte>();
        var buffer = new byte[64 * 1024];
        while (await stream.ReadAsync(buffer, cancellationToken) is > 0 and var read)
        {
            for (var start = 0; start < read;)
            {
                var end = Array.IndexOf(buffer, (byte)'\n', start, read - start);
                var part = buffer.AsSpan(start..(end < 0 ? read : end));
                line.AddRange(part[..Math.Min(part.Length, most + 1 - line.Count)]);
                start = end < 0 ? read : end + 1;
                if (end < 0)
                    break;
                if (!IsBlank(line))
                    yield return line.ToArray();
                line.Clear();
            }
        }

        if (!IsBlank(line))
            yield return line.ToArray();
    }

    private static bool IsBlank(List<byte> line) => line.All(sign => sign is (byte)' ' or (byte)'\t' or (byte)'\r');
}
