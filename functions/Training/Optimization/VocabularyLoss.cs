using ChatLoop.Training.Modeling.Fused;
using TorchSharp;
using static TorchSharp.torch;

namespace ChatLoop.Training.Optimization;

/// <summary>
/// Summed cross-entropy of hidden states against target ids, row chunk by row chunk: the logits of a batch, far larger
/// than everything else in a small model, never exist at once. Gradients are made in the forward pass, while a
/// chunk's logits are still in the cache, and handed out by the backward pass.
/// </summary>
internal sealed class VocabularyLoss : autograd.SingleTensorFunction<VocabularyLoss>
{
    // 128 rows of 8,192 logits are 4 MB: they stay in the cache, and the products are still large enough to run at full speed.
    private const int RowsAtOnce = 128;

    public override string Name => nameof(VocabularyLoss);

    /// <summary>Σ weightᵢ · −ln p(targetᵢ), in nats, as a scalar that can be differentiated.</summary>
    /// <param name="hidden">(N, C)</param>
    /// <param name="embedding">(V, C)</param>
    /// <param name="targets">int64 (N)</param>
    /// <param name="weights">float32 (N); a row of weight 0 costs nothing and teaches nothing.</param>
    public static Tensor Sum(Tensor hidden, Tensor embedding, Tensor targets, Tensor weights) => apply(hidden, embedding, targets, weights);

    /// <summary>−ln p(targetᵢ) of each row, (N), without gradients.</summary>
    public static Tensor Each(Tensor hidden, Tensor embedding, Tensor targets)
    {
        using var noGrad = no_grad();
        var parts = new List<Tensor>();
        for (long start = 0; start < hidden.shape[0]; start += RowsAtOnce)
        {
            var rows = Math.Min(RowsAtOnce, hidden.shape[0] - start);
            using var scope = NewDisposeScope();
            var logits = matmul(hidden.narrow(0, start, rows), embedding.t());
            parts.Add(nn.functional.cross_entropy(logits, targets.narrow(0, start, rows), reduction: nn.Reduction.None).MoveToOuterDisposeScope());
        }

        return cat(parts);
    }

    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        var (hidden, embedding, targets, weights) = ((Tensor)vars[0], (Tensor)vars[1], (Tensor)vars[2], (Tensor)vars[3]);
        var total = zeros(1, device: hidden.device);
        var hiddenGradient = empty_like(hidden);
        var embeddingGradient = zeros_like(embedding);
        for (long start = 0; start < hidden.shape[0]; start += RowsAtOnce)
        {
            using var scope = NewDisposeScope();
            var rows = Math.Min(RowsAtOnce, hidden.shape[0] - start);
            var chunk = hidden.narrow(0, start, rows);
            var weight = weights.narrow(0, start, rows).unsqueeze(1);
            var target = targets.narrow(0, start, rows).unsqueeze(1);
            var logits = matmul(chunk, embedding.t()); // (rows, V)
            if (logits.device_type == DeviceType.CPU)
            {
                using var loss = SoftmaxGradient.InPlace(logits, target, weight).ToScalar();
                total.add_(loss, LastingScalar.One);
            }
            else
            {
                var logarithms = nn.functional.log_softmax(logits, -1);
                total.sub_((logarithms.gather(1, target) * weight).sum());
                logits = logarithms.exp_().mul_(weight);
                logits.scatter_add_(1, target, -weight);
            }

            hiddenGradient.narrow(0, start, rows).copy_(matmul(logits, embedding));
            embeddingGradient.addmm_(logits.t(), chunk);
        }

        Kept.Save(ctx, hiddenGradient, embeddingGradient);
        return total.squeeze();
    }

    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
    {
        var saved = Kept.Read(ctx);
        return [saved[0].mul_(grad_output), saved[1].mul_(grad_output), null!, null!];
    }
}
