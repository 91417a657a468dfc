using System.Runtime.InteropServices;

namespace ChatLoop.Training.Optimization;

/// <summary>How work on the CPU is spread: threads share a batch by its rows (see <see cref="Replicas"/>), so each operation runs on one.</summary>
internal static partial class CpuWork
{
    private const int MMapThreshold = -3;
    private const int TrimThreshold = -1;

    /// <summary>For loops over all parameters at once, between two steps.</summary>
    public static ParallelOptions Options { get; private set; } = new() { MaxDegreeOfParallelism = 2 };

    /// <summary>Sets the number of threads, and keeps freed memory in the process.</summary>
    public static void Use(int threads)
    {
        TorchSharp.torch.set_num_threads(1);
        Options = new ParallelOptions { MaxDegreeOfParallelism = threads };

        // Each step frees and takes the same hundreds of megabytes: given back to the system in between, every page
        // would fault anew. glibc only; elsewhere the allocator is left as it is.
        if (OperatingSystem.IsLinux() && NativeLibrary.TryLoad("libc.so.6", out _))
        {
            _ = SetAllocator(MMapThreshold, int.MaxValue);
            _ = SetAllocator(TrimThreshold, int.MaxValue);
        }
    }

    /// <summary>Gives memory that is free now back to the system: for steps of ever other shapes, whose leavings would not fit the next one's.</summary>
    public static void GiveBack()
    {
        if (OperatingSystem.IsLinux() && NativeLibrary.TryLoad("libc.so.6", out _)) _ = Trim(0);
    }

    [LibraryImport("libc.so.6", EntryPoint = "malloc_trim")]
    private static partial int Trim(nuint kept);

    [LibraryImport("libc.so.6", EntryPoint = "mallopt")]
    private static partial int SetAllocator(int parameter, int value);
}
