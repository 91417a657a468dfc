using ChatLoop.Training.Modeling;
using ChatLoop.Training.SupervisedFineTuning;
using static TorchSharp.torch;

namespace ChatLoop.Training.Tests.SupervisedFineTuning;

public sealed class PackedRowTests
{
    private static readonly LlamaConfig Tiny = new() { VocabularySize = 40, HiddenSize = 16, IntermediateSize = 24, Layers = 2, Heads = 2, KeyValueHeads = 1, HeadSize = 8, MaxPositions = 32 };
    private static readonly EncodedConversation First = Of(1, 7, 9, 20, 2);
    private static readonly EncodedConversation Second = Of(1, 30, 31, 32, 33, 34, 2);

    [Fact]
    public void A_packed_conversation_has_the_logits_it_has_alone()
    {
        using var scope = NewDisposeScope();
        using var model = new Llama(Tiny, seed: 3);
        var batch = PackedRow.Pack([[First, Second], [Second]], length: 16);
        var packed = matmul(model.Hidden(batch.Ids, batch.Positions, batch.Mask), model.Embedding.t());

        Assert.True(packed[0].narrow(0, 0, 5).allclose(Alone(model, First), 1e-5, 1e-5));
        Assert.True(packed[0].narrow(0, 5, 7).allclose(Alone(model, Second), 1e-5, 1e-5));
        Assert.True(packed[1].narrow(0, 0, 7).allclose(Alone(model, Second), 1e-5, 1e-5));
        Assert.True(packed.isfinite().all().item<bool>());
    }

    [Fact]
    public void Weights_mark_what_is_learned_never_padding_and_never_the_next_conversation()
    {
        using var scope = NewDisposeScope();
        var batch = PackedRow.Pack([[First, Second]], length: 14);
        // In both, the last two ids are learned: their targets stand one to the left.
        Assert.Equal([0f, 0, 1, 1, 0, 0, 0, 0, 0, 1, 1, 0, 0, 0], batch.Weights.data<float>().ToArray());
        Assert.Equal([20, 2], batch.Targets.data<long>().ToArray()[2..4]);
        Assert.Equal([34, 2], batch.Targets.data<long>().ToArray()[9..11]);
    }

    [Fact]
    public void A_row_that_does_not_fit_is_refused() => Assert.Throws<ArgumentException>(() => PackedRow.Pack([[First, Second]], length: 11));

    private static Tensor Alone(Llama model, EncodedConversation conversation) =>
        model.forward(tensor(conversation.Ids.Select(i => (long)i).ToArray(), [1, conversation.Ids.Length]))[0];

    private static EncodedConversation Of(params int[] ids) => new("test", [.. ids.Select(i => (ushort)i)], [.. ids.Select((_, i) => i >= ids.Length - 2)]);
}
