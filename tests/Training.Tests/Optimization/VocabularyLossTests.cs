using ChatLoop.Training.Optimization;
using TorchSharp;
using static TorchSharp.torch;

namespace ChatLoop.Training.Tests.Optimization;

public sealed class VocabularyLossTests
{
    [Theory]
    [InlineData(300, 50)] // more rows than one chunk, a vocabulary that does not fill vectors
    [InlineData(9, 64)]
    public void Sum_and_gradients_equal_libtorchs_cross_entropy(int rows, int vocabulary)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(3);
        var (hidden, embedding) = (randn([rows, 16], generator: generator).requires_grad_(), randn([vocabulary, 16], generator: generator).requires_grad_());
        var targets = randint(0, vocabulary, [rows], generator: generator);
        var weights = (rand([rows], generator: generator) > 0.4).to(ScalarType.Float32) * 1.5f;
        var (plainHidden, plainEmbedding) = (hidden.detach().clone().requires_grad_(), embedding.detach().clone().requires_grad_());

        var ours = VocabularyLoss.Sum(hidden, embedding, targets, weights);
        (ours * 0.25).backward();
        var plain = (nn.functional.cross_entropy(matmul(plainHidden, plainEmbedding.t()), targets, reduction: nn.Reduction.None) * weights).sum();
        (plain * 0.25).backward();

        Assert.Equal(plain.item<float>(), ours.item<float>(), rows * 1e-4f);
        Assert.True(hidden.grad!.allclose(plainHidden.grad!, 1e-4, 1e-5));
        Assert.True(embedding.grad!.allclose(plainEmbedding.grad!, 1e-4, 1e-4));
    }

    [Fact]
    public void A_row_of_weight_zero_teaches_nothing()
    {
        using var scope = NewDisposeScope();
        var hidden = randn(2, 8).requires_grad_();
        VocabularyLoss.Sum(hidden, randn(5, 8), tensor(new long[] { 1, 2 }), tensor(new[] { 1f, 0f })).backward();
        Assert.True(hidden.grad![1].eq(0).all().item<bool>());
        Assert.False(hidden.grad![0].eq(0).all().item<bool>());
    }

    [Fact]
    public void Each_gives_every_rows_own_loss()
    {
        using var scope = NewDisposeScope();
        var (hidden, embedding, targets) = (randn(200, 8), randn(30, 8), randint(0, 30, [200]));
        var expected = nn.functional.cross_entropy(matmul(hidden, embedding.t()), targets, reduction: nn.Reduction.None);
        Assert.True(VocabularyLoss.Each(hidden, embedding, targets).allclose(expected, 1e-4, 1e-5));
    }
}
