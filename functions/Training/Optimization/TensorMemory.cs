using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TorchSharp;

namespace ChatLoop.Training.Optimization;

/// <summary>libtorch's memory seen from .NET. It lies outside the managed heap and does not move while its tensor lives.</summary>
internal static class TensorMemory
{
    /// <summary>The numbers of a contiguous float32 tensor on the CPU, row by row.</summary>
    /// <exception cref="ArgumentException">The tensor is of another type, elsewhere, or not contiguous.</exception>
    public static Span<float> Floats(torch.Tensor tensor)
    {
        if (tensor.dtype != torch.ScalarType.Float32 || tensor.device_type != DeviceType.CPU || !tensor.is_contiguous())
        {
            throw new ArgumentException($"Needs contiguous float32 on the CPU, not {tensor.dtype} on {tensor.device_type}.", nameof(tensor));
        }

        return MemoryMarshal.Cast<byte, float>(tensor.bytes);
    }

    /// <summary>The same as an address, for work that several threads share.</summary>
    public static unsafe float* Address(torch.Tensor tensor)
    {
        var floats = Floats(tensor);
        return (float*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(floats));
    }
}
