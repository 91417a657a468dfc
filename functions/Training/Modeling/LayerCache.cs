using static TorchSharp.torch;

namespace ChatLoop.Training.Modeling;

/// <summary>One layer's keys and values, each (B, K, capacity, D), of which the first tokens are filled.</summary>
internal sealed class LayerCache(Tensor keys, Tensor values)
{
    private Tensor _keys = keys;
    private Tensor _values = values;
    private long _length;

    /// <summary>Adds keys and values (B, K, T, D); returns views of all so far, (B, K, S, D).</summary>
    public (Tensor Keys, Tensor Values) Append(Tensor keys, Tensor values)
    {
        _keys.narrow(2, _length, keys.shape[2]).copy_(keys);
        _values.narrow(2, _length, values.shape[2]).copy_(values);
        _length += keys.shape[2];
        return (_keys.narrow(2, 0, _length), _values.narrow(2, 0, _length));
    }

    /// <summary>Keeps some of the rows.</summary>
    public void Keep(Tensor rows)
    {
        var (keys, values) = (_keys.index_select(0, rows), _values.index_select(0, rows));
        _keys.Dispose();
        _values.Dispose();
        (_keys, _values) = (keys, values);
    }
}
