using System.Runtime.InteropServices;

namespace ChatLoop.Inference.Generation;

/// <summary>Keys and values of one sequence's first tokens, outside the slots, in memory of their own.</summary>
internal sealed unsafe class KeptColumns(int columns, long floats) : IDisposable
{
    private float* _floats = (float*)NativeMemory.Alloc((nuint)floats, sizeof(float));

    public int Columns => columns;

    public Span<float> Floats(long start, int count) => new(_floats + start, count);

    public void Dispose()
    {
        NativeMemory.Free(_floats);
        _floats = null;
    }
}
