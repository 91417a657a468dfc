using ChatLoop.Training.Cli;
using ChatLoop.Training.Data;
using ChatLoop.Training.Pretraining;
using ChatLoop.Training.Tokenization;
using ChatLoop.Training.Tests.Data;

namespace ChatLoop.Training.Tests.Tokenization;

public sealed class TokenizerStageTests : IDisposable
{
    private readonly DataFolder _folder = new();

    [Fact]
    public async Task In_parallel_it_writes_what_one_thread_writes_and_only_training_text_counts()
    {
        _folder.Write("stories/a.jsonl", [.. SyntheticText.Stories(seed: 9, count: 300).Select(s => $$"""{ "text": {{System.Text.Json.JsonSerializer.Serialize(s)}} }""")]);
        await _folder.ReadAsync(", \"valShare\": 0.2");
        await new TokenizerStage().RunAsync(_folder.Context(), CancellationToken.None);

        var texts = TextSplit.Read(_folder.Run.Data, Split.Train).Select(d => d.Text)
            .Concat(ConversationSplit.Read(_folder.Run.Data, Split.Train).SelectMany(c => c.Messages.Select(m => m.Content)));
        var words = new Dictionary<string, long>();
        foreach (var piece in texts.SelectMany(t => PreTokenizer.Pieces(t).Select(p => t.Substring(p.Offset, p.Length)))) words[piece] = words.GetValueOrDefault(piece) + 1;
        var serial = Path.Combine(_folder.Run.Root, "serial.json");
        TokenizerFile.Write(serial, BpeTrainer.Train(words, 300 - 262));

        Assert.Equal(await File.ReadAllTextAsync(serial), await File.ReadAllTextAsync(_folder.Run.TokenizerFile));
        Assert.Equal(300, VocabularyTable.Read(_folder.Run.TokenizerFile).Size);
    }

    [Fact]
    public async Task Without_data_it_says_which_stage_to_run()
    {
        var error = await Assert.ThrowsAsync<StageException>(() => new TokenizerStage().RunAsync(_folder.Context(), CancellationToken.None));
        Assert.Contains("run the stage `data` first", error.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();
}
