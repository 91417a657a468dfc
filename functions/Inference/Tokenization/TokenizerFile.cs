using System.Text.Json;
using System.Text.RegularExpressions;
using ChatLoop.Core.ModelFolders;

namespace ChatLoop.Inference.Tokenization;

/// <summary>What a Hugging Face `tokenizer.json` with a byte-level BPE says. Anything it asks for that is not done here is an error, never ignored.</summary>
internal sealed record TokenizerFile
{
    private const string Gpt2Pattern = @"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+";

    public required IReadOnlyDictionary<string, int> Vocabulary { get; init; }

    /// <summary>"left right", best first.</summary>
    public required IReadOnlyList<string> Merges { get; init; }

    /// <summary>Tokens outside the vocabulary's alphabet: special ones, mostly.</summary>
    public required IReadOnlyDictionary<string, AddedToken> AddedTokens { get; init; }

    public required IReadOnlyList<Regex> Splits { get; init; }

    /// <summary>A piece that is a token as it stands is not built from merges (Llama 3).</summary>
    public required bool IgnoresMerges { get; init; }

    /// <exception cref="ModelFolderException">The file is damaged, or no byte-level BPE that is understood here.</exception>
    public static TokenizerFile Read(string path)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            return Read(document.RootElement);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or FormatException or NotSupportedException or ArgumentException)
        {
            throw new ModelFolderException(Path.GetDirectoryName(path)!, Path.GetFileName(path), e is NotSupportedException ? e.Message : $"damaged: {e.Message}", e);
        }
    }

    private static TokenizerFile Read(JsonElement root)
    {
        var model = root.GetProperty("model");
        if (Text(model, "type") is { } type and not "BPE") throw new NotSupportedException($"a tokenizer of type '{type}' is unknown; only byte-level BPE is read here.");
        if (Flag(model, "byte_fallback")) throw new NotSupportedException("byte_fallback (SentencePiece) is not read here; only byte-level BPE.");
        foreach (var affix in (string[])["continuing_subword_prefix", "end_of_word_suffix"])
        {
            if (!string.IsNullOrEmpty(Text(model, affix))) throw new NotSupportedException($"{affix} is not read here; only byte-level BPE.");
        }

        RefuseNormalizer(root);
        var splits = new List<Regex>();
        AddSplits(root.GetProperty("pre_tokenizer"), splits);
        return new TokenizerFile
        {
            Vocabulary = model.GetProperty("vocab").EnumerateObject().ToDictionary(p => p.Name, p => p.Value.GetInt32(), StringComparer.Ordinal),
            Merges = [.. model.GetProperty("merges").EnumerateArray().Select(m => m.ValueKind == JsonValueKind.Array ? $"{m[0].GetString()} {m[1].GetString()}" : m.GetString()!)],
            AddedTokens = root.TryGetProperty("added_tokens", out var added) && added.ValueKind == JsonValueKind.Array
                ? added.EnumerateArray().ToDictionary(t => t.GetProperty("content").GetString()!, t => new AddedToken(t.GetProperty("id").GetInt32(), Flag(t, "special")), StringComparer.Ordinal)
                : [],
            Splits = splits,
            IgnoresMerges = Flag(model, "ignore_merges"),
        };
    }

    private static void AddSplits(JsonElement step, List<Regex> splits)
    {
        switch (Text(step, "type"))
        {
            case "Sequence":
                foreach (var inner in step.GetProperty("pretokenizers").EnumerateArray()) AddSplits(inner, splits);
                break;
            case "ByteLevel":
                if (Flag(step, "add_prefix_space")) throw new NotSupportedException("add_prefix_space is not done here.");
                if (!step.TryGetProperty("use_regex", out var useRegex) || useRegex.GetBoolean()) splits.Add(Expression(Gpt2Pattern));
                break;
            case "Digits":
                splits.Add(Expression(Flag(step, "individual_digits") ? @"\p{N}" : @"\p{N}+"));
                break;
            case "Split":
                if (Text(step, "behavior") != "Isolated" && !(Text(step, "behavior") == "Removed" && Flag(step, "invert")))
                {
                    throw new NotSupportedException($"a Split with behavior '{Text(step, "behavior")}' is not done here.");
                }

                var pattern = step.GetProperty("pattern");
                splits.Add(Expression(pattern.TryGetProperty("Regex", out var regex) ? regex.GetString()! : Regex.Escape(pattern.GetProperty("String").GetString()!)));
                break;
            case var other:
                throw new NotSupportedException($"pre-tokenizer '{other}' is not done here; only byte-level BPE.");
        }
    }

    // Not even NFC: built for invariant globalization, .NET leaves every text beyond ASCII as it is.
    private static void RefuseNormalizer(JsonElement root)
    {
        if (!root.TryGetProperty("normalizer", out var normalizer) || normalizer.ValueKind == JsonValueKind.Null) return;
        if (Text(normalizer, "type") == "Sequence" && normalizer.GetProperty("normalizers").GetArrayLength() == 0) return;
        throw new NotSupportedException($"normalizer '{Text(normalizer, "type")}' is not done here.");
    }

    // Expressions come from a model's file: the time-out keeps a hostile one from hanging a request.
    private static Regex Expression(string pattern) => new(pattern, RegexOptions.Compiled | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(10));

    private static string? Text(JsonElement parent, string name) => parent.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static bool Flag(JsonElement parent, string name) => parent.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.True;
}
