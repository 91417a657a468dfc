using ChatLoop.Training.Modeling;
using ChatLoop.Training.Optimization;
using TorchSharp;
using static TorchSharp.torch;

namespace ChatLoop.Training.Tests.Optimization;

public sealed class ReplicasTests
{
    private static readonly LlamaConfig Tiny = new() { VocabularySize = 30, HiddenSize = 16, IntermediateSize = 24, Layers = 2, Heads = 2, KeyValueHeads = 1, HeadSize = 8, MaxPositions = 16 };

    [Fact]
    public void Two_threads_sum_to_the_gradients_of_one()
    {
        var (lossOfOne, one) = Gradients(1);
        var (lossOfTwo, two) = Gradients(2);
        Assert.Equal(lossOfOne, lossOfTwo, 1e-3);
        Assert.All(one.Zip(two), p => Assert.Equal(p.First, p.Second, 1e-5f));
    }

    [Fact]
    public void Two_threads_repeat_bit_for_bit() => Assert.Equal(Gradients(2).Gradients, Gradients(2).Gradients);

    [Fact]
    public void Steps_leave_no_tensor_behind()
    {
        using var model = new Llama(Tiny, seed: 1);
        using var replicas = new Replicas(model, 2);
        Step();
        var before = (DisposeScopeManager.Statistics.ThreadTotalLiveCount, GC.GetTotalMemory(forceFullCollection: true)).ThreadTotalLiveCount;
        for (var i = 0; i < 5; i++) Step();
        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);

        void Step()
        {
            using var scope = NewDisposeScope();
            replicas.Accumulate(Rows(), 1);
        }
    }

    private static (double Loss, float[] Gradients) Gradients(int threads)
    {
        using var scope = NewDisposeScope();
        using var model = new Llama(Tiny, seed: 1);
        using var replicas = new Replicas(model, threads);
        var loss = replicas.Accumulate(Rows(), 10);
        return (loss, [.. model.parameters().SelectMany(p => p.grad!.data<float>())]);
    }

    private static Batch Rows()
    {
        using var generator = new Generator(9);
        return new Batch(randint(0, 30, [5, 12], generator: generator), randint(0, 30, [5, 12], generator: generator), ones(5, 12));
    }
}
