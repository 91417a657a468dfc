using ChatLoop.Training.Export;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace ChatLoop.Training.Moderation;

/// <summary>
/// fastText's classifier (Joulin et al. 2017) with one hidden layer: the embeddings of a text's n-grams are added, divided by the root of
/// their number (so that one rude word still weighs in a long text), then a ReLU layer and one logistic output per category.
/// </summary>
internal sealed class ModerationClassifier : Module<Tensor, Tensor, Tensor>
{
    private readonly EmbeddingBag _table;
    private readonly Linear _hidden;
    private readonly Linear _output;

    public ModerationClassifier(int buckets, int dimensions, int hidden, int categories, int seed)
        : base("moderation")
    {
        _table = EmbeddingBag(buckets, dimensions, mode: EmbeddingBagMode.Sum);
        _hidden = Linear(dimensions, hidden);
        _output = Linear(hidden, categories);
        Draw((ulong)seed);
        RegisterComponents();
    }

    /// <summary>Logits.</summary>
    /// <param name="buckets">(N) the buckets of all texts, one text after the other.</param>
    /// <param name="offsets">(B) where each text starts.</param>
    public override Tensor forward(Tensor buckets, Tensor offsets) // → (B, categories)
    {
        var ends = cat([offsets[1..], tensor(new[] { buckets.shape[0] })]);
        var roots = (ends - offsets).clamp_min(1).to_type(ScalarType.Float32).sqrt().unsqueeze(1);
        var pooled = _table.forward(buckets, offsets, null) / roots;
        return _output.forward(functional.relu(_hidden.forward(pooled)));
    }

    // PyTorch's scheme for linear layers. From a generator of its own: libtorch's is the whole process's, and others draw from it too.
    private void Draw(ulong seed)
    {
        using var noGrad = no_grad();
        using var generator = new Generator(seed);
        // The embedding's own first draw, which the next overwrites: without it, seeds would not give the weights that models/moderation began with.
        _table.weight!.normal_(0, 1, generator);
        foreach (var layer in (Linear[])[_hidden, _output])
        {
            var bound = 1 / Math.Sqrt(layer.weight!.shape[1]);
            layer.weight.uniform_(-bound, bound, generator);
            layer.bias!.uniform_(-bound, bound, generator);
        }

        _table.weight.uniform_(-0.05, 0.05, generator);
    }

    /// <summary>The trained tensors by name, for the ONNX graph.</summary>
    public IReadOnlyDictionary<string, Weight> Weights() => named_parameters().ToDictionary(
        p => p.name.TrimStart('_'),
        p => new Weight(p.parameter.shape, [.. p.parameter.detach().data<float>()]));
}
