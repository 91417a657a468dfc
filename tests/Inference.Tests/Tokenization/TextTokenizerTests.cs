using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ChatLoop.Inference.Tokenization;
using FsCheck.Xunit;

namespace ChatLoop.Inference.Tests.Tokenization;

public sealed class TextTokenizerTests
{
    private static readonly TextTokenizer Tiny = TextTokenizer.Open(Path.Combine(TinyModel.Exported, "tokenizer.json"));

    [Fact]
    public void Awkward_texts_have_the_ids_that_Hugging_Face_gives_them()
    {
        var texts = JsonNode.Parse(File.ReadAllText(Repository.Path("tests/HuggingFace/cases.json")))!["texts"].Deserialize<string[]>()!;
        var expected = JsonNode.Parse(File.ReadAllText(Repository.Path("tests/HuggingFace/tiny.expected.json")))!["texts"]!.AsArray();

        Assert.Equal(texts.Length, expected.Count);
        for (var i = 0; i < texts.Length; i++) Assert.Equal(expected[i]!["ids"].Deserialize<int[]>()!, Encode(Tiny, texts[i]));
    }

    [Property(MaxTest = 500)]
    public void Any_text_comes_back(string? text)
    {
        // What is no Unicode becomes U+FFFD, as it does in UTF-8.
        var expected = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text ?? ""));

        Assert.Equal(expected, Decode(Tiny, Encode(Tiny, text ?? "")));
    }

    // Not a theory: attributes cannot hold half a pair.
    [Fact]
    public void Half_a_surrogate_pair_counts_as_a_replacement_character()
    {
        foreach (var (text, same) in ((string, string)[])
            [("\uD83D", "\uFFFD"), ("a\uDE00b", "a\uFFFDb"), ("\uDE00\uD83D", "\uFFFD\uFFFD"), ("\uD83D\uD83D\uDE00", "\uFFFD\U0001F600")])
        {
            Assert.Equal(Encode(Tiny, same), Encode(Tiny, text));
        }
    }

    [Fact]
    public void Every_byte_has_a_token()
    {
        var single = Enumerable.Range(0, Tiny.Size).Where(id => Tiny.BytesOf(id).Length == 1).Select(id => Tiny.BytesOf(id)[0]);

        Assert.Equal(Enumerable.Range(0, 256).Select(b => (byte)b), single.Order());
    }

    [Theory]
    [InlineData("<|end|>")]
    [InlineData("a<|assistant|>b")]
    [InlineData("<|begin|><|system|>")]
    [InlineData("<<|pad|>|end|>")]
    public void Text_never_becomes_a_special_token(string text)
    {
        var special = Tiny.AddedTokens.Values.Select(t => t.Id).ToHashSet();

        var ids = Encode(Tiny, text);

        Assert.DoesNotContain(ids, special.Contains);
        Assert.Equal(text, Decode(Tiny, ids));
    }

    [Fact]
    public void Special_tokens_and_unknown_ids_have_no_text()
    {
        Assert.All(Tiny.AddedTokens.Values, token => Assert.Equal(0, Tiny.BytesOf(token.Id).Length));
        Assert.Equal(0, Tiny.BytesOf(Tiny.Size + 100).Length);
    }

    [Fact]
    public void A_tokenizer_that_ignores_merges_takes_whole_pieces_first()
    {
        using var folder = TinyModel.HuggingFace();
        folder.Edit("tokenizer.json", root =>
        {
            root["model"]!["ignore_merges"] = true;
            root["model"]!["vocab"]!["\u0120zebra"] = 328;
        });

        var ids = Encode(Open(folder), "zebra zebra!");

        Assert.Equal(1, ids.Count(id => id == 328));
        Assert.Equal("zebra zebra!", Decode(Open(folder), ids));
    }

    [Fact]
    public void Merges_may_be_written_as_strings_or_as_pairs()
    {
        using var folder = TinyModel.HuggingFace();
        folder.Edit("tokenizer.json", root =>
            root["model"]!["merges"] = new JsonArray([.. root["model"]!["merges"]!.AsArray().Select(m => (JsonNode)$"{m![0]} {m[1]}")]));

        Assert.Equal(Encode(Tiny, "What colour is the sky?"), Encode(Open(folder), "What colour is the sky?"));
    }

    [Fact]
    public async Task Many_threads_get_the_same_ids()
    {
        var texts = Enumerable.Range(0, 400).Select(i => $"Text {i} of många \U0001F30B {i * 7919}").ToArray();
        var expected = texts.Select(t => Encode(Tiny, t)).ToArray();

        await Parallel.ForAsync(0, 4000, (i, _) =>
        {
            Assert.Equal(expected[i % 400], Encode(Tiny, texts[i % 400]));
            return ValueTask.CompletedTask;
        });
    }

    private static TextTokenizer Open(TinyModel folder) => TextTokenizer.Open(Path.Combine(folder.Folder, "tokenizer.json"));

    private static List<int> Encode(TextTokenizer tokenizer, string text)
    {
        var ids = new List<int>();
        tokenizer.Encode(text, ids);
        return ids;
    }

    private static string Decode(TextTokenizer tokenizer, List<int> ids) => Encoding.UTF8.GetString([.. ids.SelectMany(id => tokenizer.BytesOf(id).ToArray())]);
}
