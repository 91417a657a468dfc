using TorchSharp;

namespace ChatLoop.Training.Optimization;

/// <summary>
/// Numbers given to libtorch by threads that run beside others. TorchSharp turns a number, and even the 1 within `a + b`,
/// into a native object that nothing holds while libtorch reads it: a garbage collection that another thread starts may
/// free it under way ("Expected false to be true" from Scalar.h, or a wrong number). These live as long as the process;
/// a number of the moment is held by a `using`.
/// </summary>
internal static class LastingScalar
{
    public static Scalar One { get; } = 1.ToScalar();
}
