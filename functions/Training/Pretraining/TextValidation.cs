using ChatLoop.Training.Modeling;
using ChatLoop.Training.Optimization;
using TorchSharp;
using static TorchSharp.torch;

namespace ChatLoop.Training.Pretraining;

/// <summary>Bits per byte on a fixed slice of the validation shard: rows at even distances over the whole of it.</summary>
internal sealed class TextValidation
{
    private readonly Llama _model;
    private readonly long[][] _rows;

    public TextValidation(Llama model, ushort[] ids, VocabularyTable vocabulary, int length, int rows)
    {
        _model = model;
        var windows = Math.Max(1, (ids.Length - 1) / length);
        rows = Math.Min(rows, windows);
        _rows = [.. Enumerable.Range(0, rows).Select(i => (int)((long)i * windows / rows) * length).Select(start => ids[start..Math.Min(ids.Length, start + length + 1)].Select(id => (long)id).ToArray())];
        Tokens = _rows.Sum(r => r.Length - 1);
        Bytes = _rows.Sum(r => r.Skip(1).Sum(id => (long)vocabulary.ByteCount((int)id)));
    }

    public long Tokens { get; }

    /// <summary>UTF-8 bytes of the tokens to be predicted.</summary>
    public long Bytes { get; }

    public ValidationResult Run()
    {
        double nats = 0;
        foreach (var rows in _rows.GroupBy(r => r.Length).SelectMany(g => g.Chunk(16)))
        {
            using var scope = NewDisposeScope();
            var length = rows[0].Length - 1;
            var ids = tensor(rows.SelectMany(r => r[..^1]).ToArray(), [rows.Length, length], device: _model.Device);
            var targets = tensor(rows.SelectMany(r => r[1..]).ToArray(), [(long)rows.Length * length], device: _model.Device);
            nats += VocabularyLoss.Each(_model.Hidden(ids).flatten(0, 1), _model.Embedding, targets).sum(ScalarType.Float64).item<double>();
        }

        return new ValidationResult(nats / Tokens, nats / Math.Log(2) / Bytes);
    }
}
