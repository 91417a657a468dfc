using ChatLoop.Training.Optimization;
using TorchSharp;
using static TorchSharp.torch;

namespace ChatLoop.Training.Tests.Optimization;

public sealed class AdamWTests
{
    [Theory]
    [InlineData(7, 5)]
    [InlineData(300, 401)] // more than one piece of work, and a tail
    public void Ten_steps_equal_libtorchs_own_AdamW_for_matrices(int rows, int columns)
    {
        using var scope = NewDisposeScope();
        var ours = Draw(rows, columns);
        var parameter = new TorchSharp.Modules.Parameter(ours.detach().clone());
        using var optimizer = new AdamW([("w", ours)], 0.9, 0.95, 1e-8, 0.1);
        using var reference = optim.AdamW([parameter], 0.01, 0.9, 0.95, 1e-8, 0.1);
        for (var step = 0; step < 10; step++)
        {
            var gradient = Draw(rows, columns, seed: step + 1).detach();
            Give(ours, gradient);
            parameter.grad = gradient.clone();
            optimizer.Step(0.01, gradientScale: 1);
            reference.step();
        }

        Assert.True(ours.allclose(parameter, 1e-5, 1e-6));
    }

    [Fact]
    public void One_pass_equals_the_same_rule_by_operations()
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var rule = new AdamW.Rule(0.9f, 0.95f, 1e-8f, 0.999f, 0.01f, 0.5f);
        var (one, other) = (Slot(), Slot());
        for (var step = 0; step < 3; step++)
        {
            var gradient = Draw(33, 3, seed: step).detach();
            AdamW.OnePass(one, gradient.clone(), rule);
            AdamW.ByOperations(other, gradient.clone(), rule);
        }

        Assert.True(one.Parameter.allclose(other.Parameter, 1e-5, 1e-6));
        Assert.True(one.Second.allclose(other.Second, 1e-5, 1e-7));

        static AdamW.Slot Slot() => new("w", Draw(33, 3).detach(), zeros(33, 3), zeros(33, 3));
    }

    [Fact]
    public void Only_matrices_decay()
    {
        using var scope = NewDisposeScope();
        var (matrix, norm) = (ones(4, 4).requires_grad_(), ones(4).requires_grad_());
        using var optimizer = new AdamW([("m", matrix), ("n", norm)], 0.9, 0.95, 1e-8, weightDecay: 0.5);
        Give(matrix, zeros(4, 4));
        Give(norm, zeros(4));
        optimizer.Step(learningRate: 0.1, gradientScale: 1);
        Assert.Equal(0.95f, matrix[0, 0].item<float>(), 1e-6f);
        Assert.Equal(1f, norm[0].item<float>());
    }

    [Fact]
    public void The_gradient_norm_is_over_all_parameters_and_a_step_clears_the_gradients()
    {
        using var scope = NewDisposeScope();
        var (a, b) = (zeros(2, 2).requires_grad_(), zeros(1).requires_grad_());
        using var optimizer = new AdamW([("a", a), ("b", b)], 0.9, 0.95, 1e-8, 0);
        Give(a, ones(2, 2));
        Give(b, full(1, MathF.Sqrt(5)));
        Assert.Equal(3, optimizer.GradientNorm(), 1e-6);
        optimizer.Step(0.1, 1.0 / 3);
        Assert.Equal(0, optimizer.GradientNorm());
    }

    private static Tensor Draw(int rows, int columns, int seed = 0)
    {
        using var generator = new Generator((ulong)(seed + 100));
        return randn([rows, columns], generator: generator).requires_grad_();
    }

    private static void Give(Tensor parameter, Tensor gradient) => parameter.grad = gradient.clone();
}
