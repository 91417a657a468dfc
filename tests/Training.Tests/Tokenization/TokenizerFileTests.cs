using System.Text;
using ChatLoop.Core.Chat;
using ChatLoop.Inference.Tokenization;
using ChatLoop.Training.Cli;
using ChatLoop.Training.Data;
using ChatLoop.Training.Pretraining;
using ChatLoop.Training.Tokenization;
using FsCheck;
using FsCheck.Xunit;
using Microsoft.ML.Tokenizers;
using PreTokenizer = ChatLoop.Training.Tokenization.PreTokenizer;
using TokenizerFile = ChatLoop.Training.Tokenization.TokenizerFile;

namespace ChatLoop.Training.Tests.Tokenization;

/// <summary>A tokenizer.json of ours as Microsoft.ML.Tokenizers, inference and the plain algorithm read it.</summary>
public sealed class TokenizerFileTests : IDisposable
{
    private static readonly string Learned = string.Join(' ', SyntheticText.Stories(seed: 5, count: 200)) + " <|end|> <|end|> 12 12 naïve naïve 😀 😀 !😀 !😀";

    private static readonly IReadOnlyList<(byte[] Left, byte[] Right)> Merges = BpeTrainer.Train(
        PreTokenizer.Pieces(Learned).GroupBy(p => Learned.Substring(p.Offset, p.Length)).ToDictionary(g => g.Key, g => (long)g.Count()), 300);

    private static readonly List<(string Left, string Right)> Plain = [.. Merges.Select(m => (Encoding.Latin1.GetString(m.Left), Encoding.Latin1.GetString(m.Right)))];

    private readonly string _folder = Directory.CreateTempSubdirectory("chatloop-tokenizer-").FullName;
    private readonly BpeTokenizer _library;
    private readonly TextTokenizer _inference;
    private readonly VocabularyTable _vocabulary;

    public TokenizerFileTests()
    {
        TokenizerFile.Write(Path_, Merges);
        (_library, _inference, _vocabulary) = (TokenizerFile.Load(Path_), TextTokenizer.Open(Path_), VocabularyTable.Read(Path_));
    }

    private string Path_ => Path.Combine(_folder, "tokenizer.json");

    [Property(MaxTest = 300)]
    public void Any_text_is_encoded_alike_by_all_and_comes_back(NonNull<string> any) => Agree(WellFormed(any.Get));

    // Words of the training text, special tokens spelled out, signs, digits and white space in any order.
    [Property(MaxTest = 300)]
    public void Texts_of_known_pieces_are_encoded_alike_by_all_and_come_back(NonNull<byte[]> picks)
    {
        string[] pieces = ["The", " dog", " was", " happy", "\"", "'s", "n't", " ", "  ", "\n", "\r\n", "\t", "7", "123", "<|", "|>", "<|end|>", "<|user|>", "é", " naïve", "😀", "今", "\u200D", "\U00020000", "\U0001D7D9", "!", "\u00A0", ".", "?!"];
        Agree(string.Concat(picks.Get.Select(b => pieces[b % pieces.Length])));
    }

    [Theory]
    [InlineData("<|pad|>")]
    [InlineData("<|begin|><|user|>x<|end|><|assistant|>")]
    [InlineData("<|end|>")]
    [InlineData(" <|system|> ")]
    public void Text_that_spells_a_special_token_is_text(string text)
    {
        Assert.DoesNotContain(_library.EncodeToIds(text), id => id < SpecialTokens.All.Count);
        Agree(text);
    }

    [Fact]
    public void Special_tokens_come_first_then_the_bytes_then_the_merges()
    {
        Assert.Equal(SpecialTokens.All, _vocabulary.Special.OrderBy(t => t.Value).Select(t => t.Key));
        Assert.Equal(Enumerable.Range(0, 256), Enumerable.Range(SpecialTokens.All.Count, 256).Select(id => (int)BytesOf(id).Single()).Order());
        Assert.Equal(Merges[0].Left.Concat(Merges[0].Right), BytesOf(SpecialTokens.All.Count + 256));
        Assert.Equal(SpecialTokens.All.Count + 256 + Merges.Count, _vocabulary.Size);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("""{ "model": { "vocab": {}, "merges": 7 } }""")]
    public void A_damaged_file_is_named(string text)
    {
        File.WriteAllText(Path_, text);
        Assert.Contains(Path_, Assert.Throws<StageException>(() => TokenizerFile.Load(Path_)).Message, StringComparison.Ordinal);
        Assert.Contains(Path_, Assert.Throws<StageException>(() => VocabularyTable.Read(Path_)).Message, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private void Agree(string text)
    {
        var ids = _library.EncodeToIds(text);
        var inference = new List<int>();
        _inference.Encode(text, inference);
        Assert.Equal(inference, ids);
        Assert.Equal(ReferenceBpe.Encode(text, Plain), ids.Select(id => Encoding.Latin1.GetString(BytesOf(id))));
        Assert.Equal(text, _vocabulary.Decode(ids));
        Assert.Equal(Encoding.UTF8.GetByteCount(text), ids.Sum(_vocabulary.ByteCount));
    }

    private byte[] BytesOf(int id) => _inference.BytesOf(id).ToArray();

    private static string WellFormed(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
}
