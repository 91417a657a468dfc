namespace ChatLoop.Training.Optimization;

/// <summary>How many threads our own loops over tensors use: the same as libtorch's, set once per run.</summary>
internal static class CpuWork
{
    public static ParallelOptions Options { get; private set; } = new() { MaxDegreeOfParallelism = 2 };

    /// <summary>Sets the threads of libtorch and of our loops. Sums depend on it in the last bit, so a run keeps one number.</summary>
    public static void Use(int threads)
    {
        TorchSharp.torch.set_num_threads(threads);
        Options = new ParallelOptions { MaxDegreeOfParallelism = threads };
    }
}
