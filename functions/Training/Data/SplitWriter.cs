using System.Text.Json.Serialization.Metadata;

namespace ChatLoop.Training.Data;

/// <summary>Writes records to train or validation by the hash of their key: the same key always goes the same way.</summary>
internal sealed class SplitWriter<T>(string folder, Func<string, Split, string> fileOf, JsonTypeInfo<T> type, double valShare) : IDisposable
{
    private readonly SplitFile<T> _train = new(fileOf(folder, Split.Train), type);
    private readonly SplitFile<T> _val = new(fileOf(folder, Split.Val), type);

    public int Count { get; private set; }

    public void Add(T record, string key) => Add(record, StableHash.Share(key) < valShare ? Split.Val : Split.Train);

    public void Add(T record, Split split)
    {
        (split == Split.Val ? _val : _train).Add(record);
        Count++;
    }

    public void Finish()
    {
        _train.Finish();
        _val.Finish();
    }

    public void Dispose()
    {
        _train.Dispose();
        _val.Dispose();
    }
}
