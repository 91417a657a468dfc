using System.Text;
using ChatLoop.Core.ModelFolders;
using Microsoft.ML.Tokenizers;

namespace ChatLoop.Inference.Tokenization;

/// <summary>
/// Turns text into ids and ids into bytes, as Hugging Face's tokenizers do. Text never becomes a special token, whatever
/// it says. Safe for use from many threads at once.
/// </summary>
internal sealed class TextTokenizer
{
    private readonly BpeTokenizer _bpe;
    private readonly RegexSplits _splits;
    private readonly TokenizerFile _file;
    private readonly byte[][] _bytes;

    private TextTokenizer(TokenizerFile file)
    {
        _file = file;
        _splits = new RegexSplits(file.Splits);

        // Special tokens stay out of the library's vocabulary: it then has no way to give one back.
        _bpe = BpeTokenizer.Create(new BpeOptions(file.Vocabulary.Where(p => !file.AddedTokens.ContainsKey(p.Key)))
        {
            Merges = file.Merges,
            ByteLevel = true,
            PreTokenizer = _splits,
        });
        Size = file.Vocabulary.Values.Concat(file.AddedTokens.Values.Select(t => t.Id)).Max() + 1;
        _bytes = new byte[Size][];
        Array.Fill(_bytes, []);
        foreach (var (text, id) in file.Vocabulary) _bytes[id] = ByteAlphabet.Bytes(text) ?? Encoding.UTF8.GetBytes(text);
        foreach (var (text, token) in file.AddedTokens) _bytes[token.Id] = token.Special ? [] : Encoding.UTF8.GetBytes(text);
    }

    /// <summary>One more than the highest id.</summary>
    public int Size { get; }

    public IReadOnlyDictionary<string, AddedToken> AddedTokens => _file.AddedTokens;

    /// <exception cref="ModelFolderException">The file is damaged, or no byte-level BPE that is understood here.</exception>
    public static TextTokenizer Open(string path)
    {
        var file = TokenizerFile.Read(path);
        try
        {
            return new TextTokenizer(file);
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or KeyNotFoundException)
        {
            throw new ModelFolderException(Path.GetDirectoryName(path)!, Path.GetFileName(path), $"damaged: {e.Message}", e);
        }
    }

    /// <summary>The text's ids, appended to <paramref name="ids"/>. Half a surrogate pair counts as U+FFFD, as it does in UTF-8.</summary>
    public void Encode(string text, List<int> ids)
    {
        if (text.Length == 0) return;
        text = WellFormed(text);
        if (!_file.IgnoresMerges)
        {
            ids.AddRange(_bpe.EncodeToIds(text));
            return;
        }

        foreach (var (offset, length) in _splits.PreTokenize(text))
        {
            var piece = text.Substring(offset, length);
            if (_file.Vocabulary.TryGetValue(ByteAlphabet.Text(Encoding.UTF8.GetBytes(piece)), out var id)) ids.Add(id);
            else ids.AddRange(_bpe.EncodeToIds(piece, considerPreTokenization: false));
        }
    }

    /// <summary>A token's bytes: part of a UTF-8 text, perhaps part of a character. None for a special token, or for an id that only pads the model's vocabulary.</summary>
    public ReadOnlySpan<byte> BytesOf(int id) => id < _bytes.Length ? _bytes[id] : [];

    private static string WellFormed(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i])) continue;
            if (i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1])) i++;
            else return Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
        }

        return text;
    }
}
