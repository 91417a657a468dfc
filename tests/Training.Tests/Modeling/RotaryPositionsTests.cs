using ChatLoop.Training.Modeling;
using ChatLoop.Training.Modeling.Fused;
using static TorchSharp.torch;

namespace ChatLoop.Training.Tests.Modeling;

public sealed class RotaryPositionsTests
{
    [Fact]
    public void Position_one_turns_each_half_pair_by_its_own_angle()
    {
        using var scope = NewDisposeScope();
        var (cosines, sines) = RotaryPositions.Table(2, 4, 10_000);
        var x = tensor(new[] { 1f, 2, 3, 4, 1, 2, 3, 4 }, [1, 1, 2, 4]); // (B, H, T, D), the same vector at positions 0 and 1

        var turned = RotaryPositions.Apply(x, cosines, sines).data<float>().ToArray();

        // Channels (0, 2) turn by 1 radian, (1, 3) by 10,000^(−1/2) = 0.01.
        float[] atOne =
        [
            (float)(Math.Cos(1) - 3 * Math.Sin(1)), (float)(2 * Math.Cos(0.01) - 4 * Math.Sin(0.01)),
            (float)(3 * Math.Cos(1) + Math.Sin(1)), (float)(4 * Math.Cos(0.01) + 2 * Math.Sin(0.01)),
        ];
        Assert.Equal([1f, 2, 3, 4], turned[..4]);
        Assert.All(turned[4..].Zip(atOne), p => Assert.Equal(p.Second, p.First, 1e-6f));
    }

    [Fact]
    public void Fused_reads_the_angles_of_each_tokens_own_position()
    {
        using var scope = NewDisposeScope();
        var (cosines, sines) = RotaryPositions.Table(8, 12, 100);
        var positions = tensor(new long[] { 0, 1, 0, 3, 4, 7 }, [2, 3]); // (B, T)
        var (c, s) = (cosines[positions].unsqueeze(1), sines[positions].unsqueeze(1)); // (B, 1, T, D)
        var x = randn(2, 3, 5, 12); // (B, T, H, D)

        var fused = FusedRotary.apply(x, c, s).transpose(1, 2);

        Assert.True(fused.allclose(RotaryPositions.Apply(x.transpose(1, 2), c, s), 1e-6, 1e-6));
    }
}
