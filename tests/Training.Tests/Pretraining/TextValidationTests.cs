using ChatLoop.Training.Modeling;
using ChatLoop.Training.Pretraining;
using static TorchSharp.torch;

namespace ChatLoop.Training.Tests.Pretraining;

public sealed class TextValidationTests
{
    [Fact]
    public void A_model_that_knows_nothing_pays_the_logarithm_of_the_vocabulary_for_every_token()
    {
        using var run = new TinyRun();
        using var scope = NewDisposeScope();
        using var model = new Llama(new LlamaConfig { VocabularySize = 262, HiddenSize = 16, IntermediateSize = 16, Layers = 1, Heads = 2, KeyValueHeads = 2, HeadSize = 8 }, seed: 1);
        using (no_grad()) model.Embedding.zero_();
        // Two text tokens (a byte each) for one special token (no bytes).
        ushort[] ids = [.. Enumerable.Range(0, 91).Select(i => (ushort)(i % 3 == 0 ? 1 : 50))];

        var validation = new TextValidation(model, ids, VocabularyTable.Read(run.Folder.TokenizerFile), length: 30, rows: 3);

        Assert.Equal((90, 60), (validation.Tokens, validation.Bytes));
        Assert.Equal(Math.Log(262), validation.Run().NatsPerToken, 1e-4);
        Assert.Equal(Math.Log2(262) * 90 / 60, validation.Run().BitsPerByte!.Value, 1e-4);
    }
}
