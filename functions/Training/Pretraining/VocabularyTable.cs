using System.Text;
using System.Text.Json;
using ChatLoop.Training.Cli;
using ChatLoop.Training.Tokenization;

namespace ChatLoop.Training.Pretraining;

/// <summary>The bytes that each token id stands for, read from tokenizer.json: to decode samples and to count validation text in bytes.</summary>
internal sealed class VocabularyTable
{
    private readonly byte[][] _bytes;

    private VocabularyTable(byte[][] bytes, IReadOnlyDictionary<string, int> special) => (_bytes, Special) = (bytes, special);

    public int Size => _bytes.Length;

    /// <summary>Ids of the special tokens by their text; they stand for no bytes.</summary>
    public IReadOnlyDictionary<string, int> Special { get; }

    /// <summary>UTF-8 bytes of a token; 0 for special tokens.</summary>
    public int ByteCount(int id) => _bytes[id].Length;

    /// <summary>The text of ids; special tokens are left out, and bytes that are no UTF-8 show as U+FFFD.</summary>
    public string Decode(IEnumerable<int> ids) => Encoding.UTF8.GetString([.. ids.SelectMany(i => _bytes[i])]);

    /// <exception cref="StageException">The file is missing, or no byte-level BPE tokenizer.</exception>
    public static VocabularyTable Read(string file)
    {
        if (!File.Exists(file)) throw new StageException($"{file} is missing: run the stage `tokenizer` first.");
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(file));
            var special = json.RootElement.GetProperty("added_tokens").EnumerateArray()
                .Where(t => t.GetProperty("special").GetBoolean())
                .ToDictionary(t => t.GetProperty("content").GetString()!, t => t.GetProperty("id").GetInt32());
            var pieces = json.RootElement.GetProperty("model").GetProperty("vocab").EnumerateObject().ToDictionary(p => p.Value.GetInt32(), p => p.Name);
            var size = pieces.Keys.Concat(special.Values).Max() + 1;
            var alphabet = ByteAlphabet.Characters.Index().ToDictionary(c => c.Item, c => (byte)c.Index);
            var bytes = new byte[size][];
            Array.Fill(bytes, []);
            foreach (var (id, text) in pieces)
            {
                if (!special.ContainsKey(text)) bytes[id] = [.. text.Select(c => alphabet[c])];
            }

            return new VocabularyTable(bytes, special);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new StageException($"{file} is no byte-level BPE tokenizer.json: {e.Message}", e);
        }
    }
}
