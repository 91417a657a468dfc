using ChatLoop.Training.Export;
using ChatLoop.Training.Export.Formats;

namespace ChatLoop.Training.Tests.Export;

public sealed class BlockQuantizerTests
{
    [Theory]
    [InlineData(4, 32, 64)]
    [InlineData(4, 128, 144)]
    [InlineData(8, 32, 72)]
    public void No_number_moves_further_than_its_blocks_scale_and_few_further_than_half_of_it(int bits, int blockSize, int columns)
    {
        var random = new Random(4);
        var matrix = new Weight([5, columns], [.. Enumerable.Range(0, 5 * columns).Select(_ => (float)(random.NextDouble() - 0.5))]);

        var (values, scales, blocks) = BlockQuantizer.Quantize(matrix, bits, blockSize);

        var further = 0;
        for (var row = 0; row < 5; row++)
        {
            for (var column = 0; column < columns; column++)
            {
                var scale = scales[row * blocks + column / blockSize];
                var error = Math.Abs(matrix.Values[row * columns + column] - scale * Integer(values, row * blocks * blockSize + column, bits));
                Assert.True(error <= Math.Abs(scale) * 1.001, $"({row}, {column}) differs by {error}, the scale is {scale}.");
                if (error > Math.Abs(scale) * 0.501) further++;
            }
        }

        // Only those near the positive end, which the integers stop one short of.
        Assert.InRange(further, 0, 5 * columns / 8);
    }

    [Fact]
    public void The_number_furthest_from_zero_is_kept_exactly_and_zero_is_zero()
    {
        var (values, scales, _) = BlockQuantizer.Quantize(new Weight([2, 3], [0.5f, 8, 0, 0, 0, 0]), bits: 4, blockSize: 16);

        Assert.Equal((8f, 0f, 0f), (scales[0] * Integer(values, 1, 4), scales[0] * Integer(values, 2, 4), scales[1]));
        Assert.All(Enumerable.Range(2, 14), i => Assert.Equal(0, Integer(values, i, 4)));
    }

    // In blocks without gaps, the place of a number is its place in the padded row.
    private static int Integer(byte[] values, int at, int bits) => bits == 8 ? values[at] - 128 : (at % 2 == 0 ? values[at / 2] & 0xF : values[at / 2] >> 4) - 8;
}
