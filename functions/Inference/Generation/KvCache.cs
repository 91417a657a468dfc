using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace ChatLoop.Inference.Generation;

/// <summary>
/// Keys and values of all slots: for each layer and part one buffer (slots, heads, context, head size). What no token has
/// come to is address space only: the system gives memory to pages when they are first written.
/// </summary>
internal sealed unsafe class KvCache : IDisposable
{
    private const int Alignment = 64;

    private readonly IReadOnlyList<CacheTensor> _tensors;
    private readonly int _context;
    private readonly float*[] _buffers;

    public KvCache(IReadOnlyList<CacheTensor> tensors, int slots, int context)
    {
        (_tensors, _context) = (tensors, context);
        _buffers = new float*[tensors.Count];
        for (var i = 0; i < _buffers.Length; i++) _buffers[i] = (float*)NativeMemory.AlignedAlloc((nuint)slots * (nuint)SlotFloats(i) * sizeof(float), Alignment);
        foreach (var tensor in tensors) FloatsPerToken += tensor.Heads * tensor.HeadSize;
    }

    /// <summary>Of one sequence, in all layers together.</summary>
    public long FloatsPerToken { get; }

    /// <summary>Some slots of one buffer as a tensor, which must not outlive this.</summary>
    public OrtValue View(int tensor, int first, int slots)
    {
        var (heads, size) = (_tensors[tensor].Heads, _tensors[tensor].HeadSize);
        return OrtValue.CreateTensorValueWithData(
            OrtMemoryInfo.DefaultInstance, TensorElementType.Float, [slots, heads, _context, size], (nint)(_buffers[tensor] + (first * SlotFloats(tensor))), slots * SlotFloats(tensor) * sizeof(float));
    }

    /// <summary>Columns of a slot to a place in the same or another slot; both may overlap.</summary>
    public void Copy(int slot, int column, int toSlot, int toColumn, int columns)
    {
        if (columns == 0 || (slot == toSlot && column == toColumn)) return;
        for (var i = 0; i < _buffers.Length; i++)
        {
            for (var head = 0; head < _tensors[i].Heads; head++) Columns(i, slot, head, column, columns).CopyTo(Columns(i, toSlot, head, toColumn, columns));
        }
    }

    /// <summary>Masked columns are multiplied by zero, and must be numbers for that.</summary>
    public void Clear(int slot, int column, int columns)
    {
        for (var i = 0; i < _buffers.Length; i++)
        {
            for (var head = 0; head < _tensors[i].Heads; head++) Columns(i, slot, head, column, columns).Clear();
        }
    }

    /// <summary>The first columns of a slot, without the gaps between heads; <see cref="Restore"/> puts the first of them back.</summary>
    public KeptColumns Keep(int slot, int columns)
    {
        var kept = new KeptColumns(columns, FloatsPerToken * columns);
        foreach (var (i, head, start, size) in Heads(columns)) Columns(i, slot, head, 0, columns).CopyTo(kept.Floats(start, columns * size));
        return kept;
    }

    public void Restore(KeptColumns kept, int slot, int columns)
    {
        foreach (var (i, head, start, size) in Heads(kept.Columns)) kept.Floats(start, columns * size).CopyTo(Columns(i, slot, head, 0, columns));
    }

    public void Dispose()
    {
        for (var i = 0; i < _buffers.Length; i++)
        {
            NativeMemory.AlignedFree(_buffers[i]);
            _buffers[i] = null;
        }
    }

    private IEnumerable<(int Tensor, int Head, long Start, int Size)> Heads(int columns)
    {
        var start = 0L;
        for (var i = 0; i < _tensors.Count; i++)
        {
            var size = (int)_tensors[i].HeadSize;
            for (var head = 0; head < _tensors[i].Heads; head++)
            {
                yield return (i, head, start, size);
                start += (long)columns * size;
            }
        }
    }

    private Span<float> Columns(int tensor, int slot, int head, int column, int columns)
    {
        var size = (int)_tensors[tensor].HeadSize;
        return new Span<float>(_buffers[tensor] + (slot * SlotFloats(tensor)) + ((((long)head * _context) + column) * size), columns * size);
    }

    private long SlotFloats(int tensor) => _tensors[tensor].Heads * _context * _tensors[tensor].HeadSize;
}
