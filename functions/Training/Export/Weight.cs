using System.Runtime.InteropServices;

namespace ChatLoop.Training.Export;

/// <summary>One trained tensor, row-major.</summary>
internal sealed record Weight(long[] Shape, float[] Values)
{
    /// <summary>Values as stored, little-endian.</summary>
    public byte[] ToBytes(WeightFormat format)
    {
        if (format == WeightFormat.Float32) return MemoryMarshal.AsBytes<float>(Values).ToArray();
        return MemoryMarshal.AsBytes<Half>(Array.ConvertAll(Values, v => (Half)v)).ToArray();
    }

    /// <summary>(rows, columns) turned to (columns, rows): Torch keeps (out, in), ONNX's MatMul multiplies by (in, out).</summary>
    public Weight Transposed()
    {
        var (rows, columns) = ((int)Shape[0], (int)Shape[1]);
        var turned = new float[Values.Length];
        for (var r = 0; r < rows; r++)
        {
            for (var c = 0; c < columns; c++) turned[c * rows + r] = Values[r * columns + c];
        }

        return new Weight([columns, rows], turned);
    }
}
