using ChatLoop.Core.Chat;
using ChatLoop.Training.Cli;
using ChatLoop.Training.Data;
using ChatLoop.Training.Pretraining;
using ChatLoop.Training.Tokenization;

namespace ChatLoop.Training.Export;

/// <summary>Text as rows of ids, each from `&lt;|begin|&gt;` on, that a model is measured on.</summary>
/// <param name="Bytes">UTF-8 bytes of all tokens that are predicted: each row's but the first.</param>
internal sealed record HeldText(string Name, IReadOnlyList<long[]> Rows, long Bytes)
{
    private const int LongestRow = 256;
    private const int SyntheticSeed = 2026;
    private const int SyntheticStories = 60;

    /// <param name="file">A text, plain or in gzip; null: stories that the trainer makes itself.</param>
    /// <param name="tokens">The most tokens: rows at even distances over the whole of it.</param>
    public static HeldText Read(string? file, string tokenizerFile, int longest, int tokens)
    {
        var tokenizer = TokenizerFile.Load(tokenizerFile);
        var texts = file is null ? [.. SyntheticText.Stories(SyntheticSeed, SyntheticStories)] : new[] { JsonLines.ReadText(file) };
        var length = Math.Min(LongestRow, longest) - 1;
        long[][] rows = [.. texts.SelectMany(text => tokenizer.EncodeToIds(text).Chunk(length)).Select(ids => (long[])[SpecialTokens.BeginId, .. ids.Select(id => (long)id)])];
        if (rows.Length == 0) throw new StageException($"{file} is empty.");
        var kept = Math.Clamp(tokens / length, 1, rows.Length);
        rows = [.. Enumerable.Range(0, kept).Select(i => rows[(int)((long)i * rows.Length / kept)])];
        var vocabulary = VocabularyTable.Read(tokenizerFile);
        return new HeldText(file is null ? $"{SyntheticStories} stories that the trainer makes itself, seed {SyntheticSeed}" : Path.GetFileName(file), rows, rows.Sum(r => r.Skip(1).Sum(id => (long)vocabulary.ByteCount((int)id))));
    }
}
