using ChatLoop.Training.Cli;
using ChatLoop.Training.Data;

namespace ChatLoop.Training.Tests.Data;

public sealed class SplitFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("chatloop-split-").FullName;

    [Fact]
    public void A_split_takes_its_place_only_when_it_is_finished()
    {
        var path = TextSplit.FileOf(_folder, Split.Train);
        using (var file = new SplitFile<TextDocument>(path, DataJson.Lines.TextDocument))
        {
            file.Add(new TextDocument("set", "One\nline — “two”"));
            Assert.False(File.Exists(path));
            file.Finish();
        }

        Assert.Equal([new TextDocument("set", "One\nline — “two”")], TextSplit.Read(_folder, Split.Train));
    }

    [Fact]
    public void A_damaged_line_is_named()
    {
        File.WriteAllLines(TextSplit.FileOf(_folder, Split.Val), ["""{"set":"a","text":"b"}""", """{"set":"a","te"""]);
        Assert.Contains("text-val.jsonl, line 2", Assert.Throws<StageException>(() => TextSplit.Read(_folder, Split.Val).ToList()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_split_names_its_stage() =>
        Assert.Contains("run the stage `data` first", Assert.Throws<StageException>(() => ConversationSplit.Read(_folder, Split.Val)).Message, StringComparison.Ordinal);

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
