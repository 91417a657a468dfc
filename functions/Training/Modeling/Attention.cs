using ChatLoop.Training.Modeling.Fused;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ChatLoop.Training.Modeling;

/// <summary>Causal grouped-query attention with rotary positions.</summary>
internal sealed class Attention : nn.Module
{
    private readonly LlamaConfig _config;
    private readonly Linear _query;
    private readonly Linear _key;
    private readonly Linear _value;
    private readonly Linear _output;

    public Attention(LlamaConfig config)
        : base(nameof(Attention))
    {
        _config = config;
        _query = nn.Linear(config.HiddenSize, config.Heads * config.HeadSize, hasBias: false);
        _key = nn.Linear(config.HiddenSize, config.KeyValueHeads * config.HeadSize, hasBias: false);
        _value = nn.Linear(config.HiddenSize, config.KeyValueHeads * config.HeadSize, hasBias: false);
        _output = nn.Linear(config.Heads * config.HeadSize, config.HiddenSize, hasBias: false);
        register_module("q_proj", _query);
        register_module("k_proj", _key);
        register_module("v_proj", _value);
        register_module("o_proj", _output);
    }

    /// <param name="x">(B, T, C)</param>
    /// <param name="cosines">(T, D) or (B, 1, T, D), with <paramref name="sines"/>.</param>
    /// <param name="mask">Boolean (B, 1, T, T), true where a query may look; null for plain causal attention.</param>
    /// <param name="cache">What came before x, in generation: x is added to it, and <paramref name="mask"/> is (B, 1, T, S) over all S.</param>
    public Tensor Forward(Tensor x, Tensor cosines, Tensor sines, Tensor? mask, LayerCache? cache = null)
    {
        var (batch, length) = (x.shape[0], x.shape[1]);
        var query = Turned(Split(_query.forward(x), _config.Heads), cosines, sines); // (B, H, T, D)
        var key = Turned(Split(_key.forward(x), _config.KeyValueHeads), cosines, sines); // (B, K, T, D)
        var value = Split(_value.forward(x), _config.KeyValueHeads).transpose(1, 2);
        if (cache is not null) return _output.forward(Cached(query, cache.Append(key, value), mask!));
        var mixed = nn.functional.scaled_dot_product_attention(query, ForEveryQueryHead(key), ForEveryQueryHead(value), mask, is_casual: mask is null);
        return _output.forward(mixed.transpose(1, 2).reshape(batch, length, _config.Heads * _config.HeadSize));
    }

    // Generation: the query heads that share a key head become its queries, so that the cache is read where it lies.
    private Tensor Cached(Tensor query, (Tensor Keys, Tensor Values) seen, Tensor mask)
    {
        var (batch, length, times) = (query.shape[0], query.shape[2], _config.Heads / _config.KeyValueHeads);
        var grouped = query.reshape(batch, _config.KeyValueHeads, times * length, _config.HeadSize); // (B, K, H/K · T, D)
        var grid = length == 1 ? mask : mask.repeat(1, 1, times, 1); // (B, 1, H/K · T or 1, S)
        var mixed = nn.functional.scaled_dot_product_attention(grouped, seen.Keys, seen.Values, grid);
        return mixed.view(batch, _config.Heads, length, _config.HeadSize).transpose(1, 2).reshape(batch, length, _config.Heads * _config.HeadSize);
    }

    // (B, T, heads · D) → (B, T, heads, D)
    private Tensor Split(Tensor x, int heads) => x.view(x.shape[0], x.shape[1], heads, _config.HeadSize);

    // (B, T, heads, D) → (B, heads, T, D), turned by its positions
    private static Tensor Turned(Tensor x, Tensor cosines, Tensor sines) =>
        x.device_type == DeviceType.CPU ? FusedRotary.apply(x, cosines, sines).transpose(1, 2) : RotaryPositions.Apply(x.transpose(1, 2), cosines, sines);

    // (B, K, T, D) → (B, H, T, D): query head h reads key head h / (H / K).
    private Tensor ForEveryQueryHead(Tensor x)
    {
        var times = _config.Heads / _config.KeyValueHeads;
        if (times == 1) return x;
        var (batch, length) = (x.shape[0], x.shape[2]);
        return x.unsqueeze(2).expand(batch, _config.KeyValueHeads, times, length, _config.HeadSize).reshape(batch, _config.Heads, length, _config.HeadSize);
    }
}
