using ChatLoop.Core.Chat;
using ChatLoop.Core.ModelFolders;
using ChatLoop.Training.Export;
using ChatLoop.Training.Modeling;
using ChatLoop.Training.Tokenization;
using static TorchSharp.torch;

namespace ChatLoop.Training.Tests.Export;

/// <summary>
/// Makes the tiny chat model that tests/Inference.Tests reads, with the trainer's own tokenizer, model and export. It
/// learns a few answers by heart, so that what it says is sure enough to be compared token by token.
/// </summary>
public sealed class TinyChatModel
{
    private const string Flag = "CHATLOOP_WRITE_TINY_MODEL";
    private const int Seed = 7;
    private const int Steps = 400;

    private static readonly LlamaConfig Shape = new()
    {
        HiddenSize = 32, IntermediateSize = 64, Layers = 2, Heads = 4, KeyValueHeads = 2, HeadSize = 8, MaxPositions = 320,
    };

    // Signs of two, three and four bytes that are never merged whole, an answer that never ends, one that spells a special token.
    private static readonly (string Role, string Text)[][] Conversations =
    [
        [(ChatRole.User, "Hello!"), (ChatRole.Assistant, "Hello, how are you today?")],
        [(ChatRole.User, "Hello!"), (ChatRole.Assistant, "Hello, how are you today?"), (ChatRole.User, "Fine, thank you."), (ChatRole.Assistant, "That is good to hear.")],
        [(ChatRole.User, "What colour is the sky?"), (ChatRole.Assistant, "The sky is blue, and at night it is black.")],
        [(ChatRole.User, "What is a volcano?"), (ChatRole.Assistant, "A volcano is a mountain that spits fire \U0001F30B and ash.")],
        [(ChatRole.User, "Name a cake."), (ChatRole.Assistant, "Käsekuchen, crème brûlée, 餅 and \U0001F370\U0001F9C1!")],
        [(ChatRole.System, "Answer in one word."), (ChatRole.User, "What colour is the sky?"), (ChatRole.Assistant, "Blue.")],
        [(ChatRole.User, "Count."), (ChatRole.Assistant, string.Join(", ", Enumerable.Range(1, 40)))],
        [(ChatRole.User, "What ends a message?"), (ChatRole.Assistant, "The token <|end|> ends a message.")],
    ];

    [SkippableFact]
    public void Write_it_when_the_flag_is_set()
    {
        var folder = Environment.GetEnvironmentVariable(Flag);
        Skip.If(string.IsNullOrEmpty(folder), $"{Flag} is not set to the folder to write.");

        var tokenizer = Path.GetTempFileName();
        try
        {
            Directory.CreateDirectory(folder);
            TrainTokenizer(tokenizer);
            Write(folder, tokenizer);
        }
        finally
        {
            File.Delete(tokenizer);
        }

        Assert.Equal("tiny", ModelManifest.Verify(Path.Combine(folder, "chat"), ModelManifest.ChatKind).Name);
    }

    private static void Write(string folder, string tokenizer)
    {
        var rows = Conversations.Select(c => Encode(tokenizer, c)).ToArray();
        var config = Shape with { VocabularySize = TokenizerSize(tokenizer) };
        set_num_threads(1);
        using var model = new Llama(config, Seed);
        Train(model, rows);
        ChatModelWriter.Write(Path.Combine(folder, "chat"), new ChatModel
        {
            Name = "tiny", Config = config, Weights = LlamaWeights.Of(model), TokenizerFile = tokenizer, Created = DateTimeOffset.UnixEpoch, Format = WeightFormat.Float16,
        });
        PlainLlamaGraph.Save(Path.Combine(folder, "plain.onnx"), config, LlamaWeights.Of(model));
    }

    private static void TrainTokenizer(string file)
    {
        var words = Conversations.SelectMany(c => c).SelectMany(m => PreTokenizer.Regex().Matches(m.Text)).CountBy(m => m.Value).ToDictionary(p => p.Key, p => (long)p.Value);
        TokenizerFile.Write(file, BpeTrainer.Train(words, merges: 250));
    }

    private static int TokenizerSize(string file) => TokenizerFile.Load(file).Vocabulary.Count;

    private static long[] Encode(string tokenizerFile, (string Role, string Text)[] conversation)
    {
        var tokenizer = TokenizerFile.Load(tokenizerFile);
        return [.. ChatTemplate.Render(conversation, addGenerationPrompt: false)
            .SelectMany(s => s.IsSpecial ? [tokenizer.Vocabulary[s.Text]] : tokenizer.EncodeToIds(s.Text)).Select(id => (long)id)];
    }

    private static void Train(Llama model, long[][] rows)
    {
        using var optimizer = optim.AdamW(model.parameters(), lr: 5e-3);
        for (var step = 0; step < Steps; step++)
        {
            using var scope = NewDisposeScope();
            optimizer.zero_grad();
            foreach (var row in rows)
            {
                var ids = tensor(row, [1, row.Length]);
                var logits = model.forward(ids.narrow(1, 0, row.Length - 1)).squeeze(0);
                var loss = nn.functional.cross_entropy(logits, ids.narrow(1, 1, row.Length - 1).squeeze(0)) / rows.Length;
                loss.backward();
            }

            optimizer.step();
        }
    }
}
