using ChatLoop.Training.Moderation;
using TorchSharp;

namespace ChatLoop.Training.Tests.Moderation;

public sealed class MaskedLossTests
{
    [Fact]
    public void An_unknown_label_adds_neither_loss_nor_gradient()
    {
        using var scope = torch.NewDisposeScope();
        var logits = torch.tensor(new[] { 1f, -2f, 5f, 0.5f }).reshape(2, 2);
        logits.requires_grad = true;
        var labels = torch.tensor(new[] { 1f, 0f, -1f, -1f }).reshape(2, 2);

        var loss = MaskedLoss.Of(logits, labels);
        loss.backward();

        Assert.Equal((Math.Log(1 + Math.Exp(-1)) + Math.Log(1 + Math.Exp(-2))) / 2, loss.item<float>(), 6);
        var gradient = logits.grad!.data<float>().ToArray();
        Assert.Equal([0f, 0f], gradient[2..]);
        Assert.Equal((1 / (1 + Math.Exp(-1)) - 1) / 2, gradient[0], 6);
    }

    [Fact]
    public void With_nothing_known_the_loss_is_zero()
    {
        using var scope = torch.NewDisposeScope();

        Assert.Equal(0, MaskedLoss.Of(torch.ones(2, 2), torch.full([2, 2], -1f)).item<float>());
    }
}
