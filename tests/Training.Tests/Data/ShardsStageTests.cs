using ChatLoop.Core.Chat;
using ChatLoop.Training.Cli;
using ChatLoop.Training.Data;
using ChatLoop.Training.Pretraining;
using ChatLoop.Training.Tokenization;

namespace ChatLoop.Training.Tests.Data;

public sealed class ShardsStageTests : IDisposable
{
    private readonly DataFolder _folder = new();

    [Fact]
    public async Task Shards_hold_every_text_between_begin_and_end_and_decode_to_it()
    {
        _folder.Write("stories/a.txt", "The cat sat on the mat. The cat sat.");
        _folder.Write("tales/b.txt", "A user may write <|end|> or <|assistant|> without harm.");
        _folder.Write("talk/c.jsonl", """{ "messages": [{ "role": "user", "content": "<|begin|>?" }, { "role": "assistant", "content": "No." }] }""");
        await _folder.ReadAsync(", \"valShare\": 0.001");
        await new TokenizerStage().RunAsync(_folder.Context(), CancellationToken.None);
        await new ShardsStage().RunAsync(_folder.Context(), CancellationToken.None);

        var shards = TokenShards.Read(_folder.Run.Shards);
        var vocabulary = VocabularyTable.Read(_folder.Run.TokenizerFile);
        foreach (var (name, text) in new[] { ("stories", "The cat sat on the mat. The cat sat."), ("tales", "A user may write <|end|> or <|assistant|> without harm.") })
        {
            var set = shards.Index.Train.Sets.Single(s => s.Name == name);
            var ids = shards.Train.AsSpan((int)set.Start, (int)set.Tokens).ToArray();
            Assert.Equal((SpecialTokens.BeginId, SpecialTokens.EndId), (ids[0], ids[^1]));
            Assert.DoesNotContain(ids[1..^1], id => id < SpecialTokens.All.Count);
            Assert.Equal(text, vocabulary.Decode(ids[1..^1].Select(id => (int)id)));
            Assert.Equal(text.Length, set.Bytes);
        }

        var talk = shards.Index.Train.Sets.Single(s => s.Name == "conversations");
        var begins = shards.Train.AsSpan((int)talk.Start, (int)talk.Tokens).Count((ushort)SpecialTokens.BeginId);
        Assert.Equal(ConversationSplit.Read(_folder.Run.Data, Split.Train).Count(), begins);
    }

    [Fact]
    public async Task Without_a_tokenizer_it_says_which_stage_to_run()
    {
        var error = await Assert.ThrowsAsync<StageException>(() => new ShardsStage().RunAsync(_folder.Context(), CancellationToken.None));
        Assert.Contains("run the stage `tokenizer` first", error.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();
}
