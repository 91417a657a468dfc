namespace ChatLoop.Training.Export.Formats;

/// <summary>Rounds the rows of a matrix block by block to integers around 2^(bits − 1), as `MatMulNBits` reads them.</summary>
internal static class BlockQuantizer
{
    /// <param name="matrix">(rows, columns)</param>
    /// <param name="bits">4 or 8.</param>
    /// <returns>Integers (rows, blocks, block size · bits / 8), the first of two in the low four bits; scales (rows, blocks). The last block is padded with zeros.</returns>
    public static (byte[] Values, float[] Scales, int Blocks) Quantize(Weight matrix, int bits, int blockSize)
    {
        var (rows, columns) = ((int)matrix.Shape[0], (int)matrix.Shape[1]);
        var (blocks, bytesOfBlock) = ((columns + blockSize - 1) / blockSize, blockSize * bits / 8);
        var (values, scales) = (new byte[(long)rows * blocks * bytesOfBlock], new float[rows * blocks]);
        Parallel.For(0, rows, row =>
        {
            for (var block = 0; block < blocks; block++)
            {
                var from = block * blockSize;
                var numbers = matrix.Values.AsSpan(row * columns + from, Math.Min(blockSize, columns - from));
                var index = row * blocks + block;
                scales[index] = Scale(numbers, bits);
                Round(numbers, scales[index], bits, values.AsSpan(index * bytesOfBlock, bytesOfBlock));
            }
        });
        return (values, scales, blocks);
    }

    // The number furthest from zero becomes −2^(bits − 1) exactly, which the integers reach on one side only: the scale takes its sign.
    private static float Scale(ReadOnlySpan<float> numbers, int bits)
    {
        var furthest = 0f;
        foreach (var number in numbers)
        {
            if (Math.Abs(number) > Math.Abs(furthest)) furthest = number;
        }

        return furthest / -(1 << (bits - 1));
    }

    private static void Round(ReadOnlySpan<float> numbers, float scale, int bits, Span<byte> packed)
    {
        var (zero, inverse) = (1 << (bits - 1), scale == 0 ? 0 : 1 / scale);
        packed.Fill((byte)(bits == 8 ? zero : zero << 4 | zero));
        for (var i = 0; i < numbers.Length; i++)
        {
            var value = Math.Clamp((int)MathF.Round(numbers[i] * inverse) + zero, 0, 2 * zero - 1);
            if (bits == 8) packed[i] = (byte)value;
            else packed[i / 2] = (byte)(i % 2 == 0 ? packed[i / 2] & 0xF0 | value : packed[i / 2] & 0x0F | value << 4);
        }
    }
}
