using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using ChatLoop.Core.Chat;
using ChatLoop.Training.Cli;
using Microsoft.ML.Tokenizers;

namespace ChatLoop.Training.Tokenization;

/// <summary>tokenizer.json in Hugging Face's format: special tokens first, then the 256 bytes, then one token a merge.</summary>
internal static class TokenizerFile
{
    private static readonly JsonSerializerOptions Written = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Write(string file, IReadOnlyList<(byte[] Left, byte[] Right)> merges)
    {
        var vocabulary = new JsonObject();
        foreach (var token in SpecialTokens.All) vocabulary[token] = vocabulary.Count;
        // The bytes in the order of their characters, as every byte-level tokenizer.json has them.
        foreach (var character in ByteAlphabet.Characters.Order()) vocabulary[character.ToString()] = vocabulary.Count;
        // Two merges can spell the same token; the first one's id stands for both.
        foreach (var (left, right) in merges) vocabulary.TryAdd(Spell(left) + Spell(right), vocabulary.Count);

        var byteLevel = new JsonObject { ["type"] = "ByteLevel", ["add_prefix_space"] = false, ["trim_offsets"] = true, ["use_regex"] = false };
        var root = new JsonObject
        {
            ["version"] = "1.0",
            ["truncation"] = null,
            ["padding"] = null,
            ["added_tokens"] = new JsonArray([.. SpecialTokens.All.Select((token, id) => new JsonObject
            {
                ["id"] = id, ["content"] = token, ["single_word"] = false, ["lstrip"] = false, ["rstrip"] = false, ["normalized"] = false, ["special"] = true,
            })]),
            ["normalizer"] = null,
            ["pre_tokenizer"] = new JsonObject
            {
                ["type"] = "Sequence",
                ["pretokenizers"] = new JsonArray(
                    new JsonObject { ["type"] = "Split", ["pattern"] = new JsonObject { ["Regex"] = PreTokenizer.Pattern }, ["behavior"] = "Isolated", ["invert"] = false },
                    byteLevel.DeepClone()),
            },
            ["post_processor"] = null,
            ["decoder"] = byteLevel.DeepClone(),
            ["model"] = new JsonObject
            {
                ["type"] = "BPE", ["dropout"] = null, ["unk_token"] = null, ["continuing_subword_prefix"] = null, ["end_of_word_suffix"] = null,
                ["fuse_unk"] = false, ["byte_fallback"] = false, ["ignore_merges"] = false,
                ["vocab"] = vocabulary,
                ["merges"] = new JsonArray([.. merges.Select(m => new JsonArray(Spell(m.Left), Spell(m.Right)))]),
            },
        };
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
        File.WriteAllText(file, root.ToJsonString(Written) + "\n");
    }

    /// <summary>Loads the encoder. Special tokens are left out of it on purpose: text that spells one is text.</summary>
    /// <exception cref="StageException">The file is missing or is no tokenizer of this kind.</exception>
    public static BpeTokenizer Load(string file)
    {
        if (!File.Exists(file)) throw new StageException($"{file} is missing: run the stage `tokenizer` first.");
        try
        {
            var model = JsonNode.Parse(File.ReadAllText(file))!["model"]!;
            return BpeTokenizer.Create(new BpeOptions(model["vocab"]!.AsObject().Select(p => KeyValuePair.Create(p.Key, p.Value!.GetValue<int>())))
            {
                Merges = model["merges"]!.AsArray().Select(m => $"{m![0]} {m[1]}"),
                ByteLevel = true,
                PreTokenizer = new Pieces(),
            });
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or NullReferenceException or ArgumentException)
        {
            throw new StageException($"{file} is damaged ({e.Message}): run the stage `tokenizer` again.", e);
        }
    }

    private static string Spell(byte[] token) => string.Concat(token.Select(b => ByteAlphabet.Characters[b]));
}
