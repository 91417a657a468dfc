using System.Security.Cryptography;
using ChatLoop.Training.Cli;
using ChatLoop.Training.Data;

namespace ChatLoop.Training.Tests.Data;

public sealed class DataStageTests : IDisposable
{
    private readonly DataFolder _folder = new();

    [Fact]
    public async Task Splits_are_the_same_in_every_run_and_overlap_in_nothing()
    {
        _folder.Write("stories/a.jsonl", [.. Enumerable.Range(0, 400).Select(i => $$"""{ "text": "Story number {{i}} of a man who counted sheep." }""")]);
        _folder.Write("talk/a.jsonl", [.. Enumerable.Range(0, 400).Select(i => $$"""{ "messages": [{ "role": "user", "content": "What is {{i}} plus 1?" }, { "role": "assistant", "content": "{{i + 1}}" }] }""")]);

        await _folder.ReadAsync(", \"valShare\": 0.1");
        var first = Hashes();
        await _folder.ReadAsync(", \"valShare\": 0.1");

        Assert.Equal(first, Hashes());
        Assert.InRange(_folder.Texts("stories", Split.Val).Length, 20, 60);
        Assert.Equal(400, _folder.Texts("stories").Length);
        Assert.Empty(_folder.Texts("stories", Split.Train).Intersect(_folder.Texts("stories", Split.Val)));
        Assert.InRange(_folder.Conversations("talk", Split.Val).Length, 20, 60);
        Assert.Equal(400, _folder.Conversations("talk").Length);
    }

    [Fact]
    public async Task Adding_a_set_moves_no_document_of_another_to_the_other_side()
    {
        _folder.Write("stories/a.jsonl", [.. Enumerable.Range(0, 200).Select(i => $$"""{ "text": "Story number {{i}}." }""")]);
        await _folder.ReadAsync(", \"valShare\": 0.1");
        var before = _folder.Texts("stories", Split.Val);

        _folder.Write("another/b.txt", "Something new.");
        await _folder.ReadAsync(", \"valShare\": 0.1");

        Assert.Equal(before, _folder.Texts("stories", Split.Val));
    }

    [Fact]
    public async Task Sources_and_licences_are_kept_for_the_model_card()
    {
        _folder.Write("stories/a.txt", "Once upon a time.");
        _folder.Write("stories/NOTICE.md", "# Stories", "Licence: CC BY 4.0.");
        _folder.Write("stories/LICENSE.txt", "Not a document.");

        var report = await _folder.ReadAsync();

        var set = report.Sets.Single(s => s.Name == "stories");
        Assert.Equal(("# Stories\nLicence: CC BY 4.0.", 1, 17L), (set.Notice, set.Documents, set.Bytes));
        Assert.Contains(report.Sets, s => s.Name == "persona" && s.Conversations > 100);
    }

    [Fact]
    public async Task Sets_of_later_stages_and_sets_left_out_are_not_read()
    {
        _folder.Write("pref-mine/a.jsonl", """{ "chosen": "a", "rejected": "b" }""");
        _folder.Write("modtrain-mine/a.jsonl", """{ "text": "labelled", "labels": {} }""");
        _folder.Write("unwanted/a.txt", "Unwanted.");

        var report = await _folder.ReadAsync(", \"without\": [\"unwanted\"]");

        Assert.Equal(["persona"], report.Sets.Select(s => s.Name));
    }

    [Fact]
    public async Task A_missing_folder_is_named()
    {
        Directory.Delete(_folder.Sets);
        var error = await Assert.ThrowsAsync<StageException>(() => _folder.ReadAsync());
        Assert.Contains($"The data folder {_folder.Sets} does not exist: set data.folder", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Text_is_cleaned_on_its_way_in()
    {
        _folder.Write("stories/a.txt", "“Yes”,  she\tsaid.\r", "", "", "", "The end.");
        await _folder.ReadAsync();
        Assert.Equal(["\"Yes\", she said.\n\nThe end."], _folder.Texts("stories"));
    }

    public void Dispose() => _folder.Dispose();

    private string[] Hashes() => [.. Directory.EnumerateFiles(_folder.Run.Data).Order(StringComparer.Ordinal).Select(f => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(f))))];
}
