using ChatLoop.Training.Modeling;
using ChatLoop.Training.Modeling.Fused;
using TorchSharp;
using static TorchSharp.torch;

namespace ChatLoop.Training.Tests.Modeling.Fused;

/// <summary>Every fused pass against the same thing in libtorch's operations, on widths that do and do not fill a vector.</summary>
public sealed class FusedGradientTests
{
    [Theory]
    [InlineData(64)]
    [InlineData(37)]
    [InlineData(5)]
    public void Rms_norm_and_its_gradients_equal_the_plain_version(int width) =>
        Compare([[6, width], [width]], x => RmsNorm.Plain(x[0], x[1], 1e-5), x => FusedRmsNorm.apply(x[0], x[1], 1e-5));

    [Theory]
    [InlineData(64)]
    [InlineData(37)]
    public void SwiGlu_and_its_gradients_equal_the_plain_version(int width) =>
        Compare([[6, width], [6, width]], x => FeedForward.Plain(x[0], x[1]), x => FusedSwiGlu.apply(x[0], x[1]));

    [Theory]
    [InlineData(64)]
    [InlineData(38)]
    [InlineData(8)]
    public void Rotary_positions_and_their_gradient_equal_the_plain_version(int size)
    {
        using var scope = NewDisposeScope();
        var (cosines, sines) = RotaryPositions.Table(7, size, 10_000);
        Compare([[2, 7, 3, size]], x => RotaryPositions.Apply(x[0].transpose(1, 2), cosines, sines), x => FusedRotary.apply(x[0], cosines, sines).transpose(1, 2));
    }

    private static void Compare(long[][] shapes, Func<Tensor[], Tensor> plain, Func<Tensor[], Tensor> fused)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(11);
        var inputs = shapes.Select(s => randn(s, generator: generator)).ToArray();
        var (expected, expectedGradients) = Run(inputs, plain);
        var (actual, actualGradients) = Run(inputs, fused);
        Assert.True(actual.allclose(expected, 1e-5, 1e-5));
        Assert.All(expectedGradients.Zip(actualGradients), p => Assert.True(p.Second.allclose(p.First, 1e-4, 1e-5)));
    }

    private static (Tensor Value, Tensor[] Gradients) Run(Tensor[] inputs, Func<Tensor[], Tensor> function)
    {
        var leaves = inputs.Select(i => i.clone().requires_grad_()).ToArray();
        var value = function(leaves);
        using var generator = new Generator(12);
        value.backward([randn(value.shape, generator: generator)]);
        return (value.detach(), [.. leaves.Select(l => l.grad!)]);
    }
}
