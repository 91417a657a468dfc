using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ChatLoop.Training.Modeling;

/// <summary>
/// A Llama-style decoder whose parameters carry Hugging Face's names (`model.layers.0.self_attn.q_proj.weight` …), so
/// that other tools read the weights. Shapes: B rows, T tokens, C hidden, D head size, V vocabulary.
/// </summary>
internal sealed class Llama : nn.Module<Tensor, Tensor>
{
    private readonly Decoder _decoder;
    private readonly Tensor _cosines; // (max positions, D)
    private readonly Tensor _sines;

    /// <summary>Builds the model on the CPU with weights drawn from <paramref name="seed"/>, then moves it.</summary>
    public Llama(LlamaConfig config, int seed, Device? device = null)
        : base(nameof(Llama))
    {
        Config = config.Validated();
        _decoder = new Decoder(config);
        register_module("model", _decoder);
        Draw(seed);
        var target = device ?? CPU;
        if (target.type != DeviceType.CPU) this.to(target);
        var (cosines, sines) = RotaryPositions.Table(config.MaxPositions, config.HeadSize, config.RopeTheta);
        (_cosines, _sines) = (cosines.to(target).DetachFromDisposeScope(), sines.to(target).DetachFromDisposeScope());
    }

    public LlamaConfig Config { get; }

    /// <summary>(V, C): turns ids into vectors, and, being tied, hidden states into logits.</summary>
    public Tensor Embedding => _decoder.Embedding.weight!;

    public Device Device => Embedding.device;

    /// <summary>Logits (B, T, V) of ids (B, T): convenient, but for training see <see cref="Hidden"/>.</summary>
    public override Tensor forward(Tensor input) => matmul(Hidden(input), Embedding.t());

    /// <summary>Normed hidden states (B, T, C), one product with <see cref="Embedding"/> away from the logits.</summary>
    /// <param name="ids">int64 (B, T).</param>
    /// <param name="positions">int64 (B, T), where several texts share a row; null counts from 0.</param>
    /// <param name="mask">Boolean (B, 1, T, T), true where a query may look; null for plain causal attention.</param>
    /// <param name="cache">Goes on after what it holds and adds these tokens to it; needs positions, and a mask (B, 1, T, S) over all S tokens in it.</param>
    public Tensor Hidden(Tensor ids, Tensor? positions = null, Tensor? mask = null, KeyValueCache? cache = null)
    {
        var length = ids.shape[1];
        if (length > Config.MaxPositions) throw new ArgumentException($"{length} tokens: this model takes at most {Config.MaxPositions}.", nameof(ids));
        if (cache is not null && (positions is null || mask is null)) throw new ArgumentException("A cache needs positions and a mask.", nameof(cache));
        var (cosines, sines) = positions is null
            ? (_cosines.narrow(0, 0, length), _sines.narrow(0, 0, length)) // (T, D)
            : (_cosines[positions].unsqueeze(1), _sines[positions].unsqueeze(1)); // (B, 1, T, D)
        return _decoder.Forward(ids, cosines, sines, mask, cache);
    }

    /// <summary>A second model over the same weights, whose gradients are its own.</summary>
    public Llama Twin()
    {
        var twin = new Llama(Config, seed: 0, Device);
        using var noGrad = no_grad();
        foreach (var (mine, its) in parameters().Zip(twin.parameters())) its.set_(mine);
        return twin;
    }

    // GPT-2's scheme: every matrix from N(0, 0.02²), those that write to the residual stream smaller by √(2 · layers).
    private void Draw(int seed)
    {
        using var noGrad = no_grad();
        using var generator = new Generator((ulong)seed);
        foreach (var (name, parameter) in named_parameters())
        {
            if (parameter.dim() < 2) continue;
            var writesResidual = name.EndsWith("o_proj.weight", StringComparison.Ordinal) || name.EndsWith("down_proj.weight", StringComparison.Ordinal);
            parameter.normal_(0, writesResidual ? 0.02 / Math.Sqrt(2 * Config.Layers) : 0.02, generator);
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _cosines.Dispose();
            _sines.Dispose();
        }

        base.Dispose(disposing);
    }

    /// <summary>The part that Hugging Face calls `model`.</summary>
    private sealed class Decoder : nn.Module
    {
        private readonly ModuleList<LlamaLayer> _layers = [];
        private readonly RmsNorm _norm;

        public Decoder(LlamaConfig config)
            : base(nameof(Decoder))
        {
            Embedding = nn.Embedding(config.VocabularySize, config.HiddenSize);
            for (var i = 0; i < config.Layers; i++) _layers.Add(new LlamaLayer(config));
            _norm = new RmsNorm(config.HiddenSize, config.RmsNormEps);
            register_module("embed_tokens", Embedding);
            register_module("layers", _layers);
            register_module("norm", _norm);
        }

        public Embedding Embedding { get; }

        public Tensor Forward(Tensor ids, Tensor cosines, Tensor sines, Tensor? mask, KeyValueCache? cache)
        {
            var x = Embedding.forward(ids); // (B, T, C)
            for (var i = 0; i < _layers.Count; i++) x = _layers[i].Forward(x, cosines, sines, mask, cache?.Layers[i]);
            return _norm.forward(x);
        }
    }
}
