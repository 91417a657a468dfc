using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using ChatLoop.Core.Chat;
using ChatLoop.Training.Cli;
using ChatLoop.Training.Modeling;

namespace ChatLoop.Training.Export;

/// <summary>The JSON files beside the weights, in the words of Hugging Face's libraries.</summary>
internal static class HuggingFaceFiles
{
    // The same words as ChatTemplate renders; Jinja, as tokenizer_config.json wants it.
    private const string Jinja =
        "{{ bos_token }}{% for message in messages %}{{ '<|' + message['role'] + '|>' + message['content'] + '<|end|>' }}{% endfor %}{% if add_generation_prompt %}{{ '<|assistant|>' }}{% endif %}";

    private static readonly JsonSerializerOptions Layout = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Config(ChatModel model) => Config(model.Config, model.Format, "LlamaForCausalLM");

    /// <summary>`config.json` of a model of ours, by the name of Hugging Face's class.</summary>
    public static string Config(LlamaConfig config, WeightFormat format, string architecture) => Text(new()
    {
        ["architectures"] = new JsonArray(architecture),
        ["model_type"] = "llama",
        ["vocab_size"] = config.VocabularySize,
        ["hidden_size"] = config.HiddenSize,
        ["intermediate_size"] = config.IntermediateSize,
        ["num_hidden_layers"] = config.Layers,
        ["num_attention_heads"] = config.Heads,
        ["num_key_value_heads"] = config.KeyValueHeads,
        ["head_dim"] = config.HeadSize,
        ["max_position_embeddings"] = config.MaxPositions,
        ["rms_norm_eps"] = config.RmsNormEps,
        ["rope_theta"] = config.RopeTheta,
        ["hidden_act"] = "silu",
        ["attention_bias"] = false,
        ["mlp_bias"] = false,
        ["tie_word_embeddings"] = true,
        ["pad_token_id"] = SpecialTokens.PadId,
        ["bos_token_id"] = SpecialTokens.BeginId,
        ["eos_token_id"] = SpecialTokens.EndId,
        ["torch_dtype"] = format.Stored().Name(),
        ["use_cache"] = true,
        // Ours: such a folder is never read without its manifest.
        ["chatloop_format"] = 1,
        ["chatloop_weights"] = format.Name(),
        // Which of a repository's graphs is taken, model.onnx; what is in it is its own affair.
        ["transformers.js_config"] = new JsonObject { ["dtype"] = "fp32" },
    });

    public static string GenerationConfig(ChatModel model)
    {
        var generation = new JsonObject
        {
            ["pad_token_id"] = SpecialTokens.PadId,
            ["bos_token_id"] = SpecialTokens.BeginId,
            // A model that begins somebody else's turn has ended its own.
            ["eos_token_id"] = new JsonArray([.. Enumerable.Range(SpecialTokens.EndId, SpecialTokens.All.Count - SpecialTokens.EndId).Select(id => (JsonNode)id)]),
            ["do_sample"] = model.Generation.Temperature > 0,
            ["repetition_penalty"] = model.Generation.RepetitionPenalty,
            ["max_new_tokens"] = Math.Min(model.Generation.MaxNewTokens, model.Config.MaxPositions),
        };
        if (model.Generation.Temperature > 0)
        {
            generation["temperature"] = model.Generation.Temperature;
            generation["top_p"] = model.Generation.TopP;
            generation["top_k"] = model.Generation.TopK;
        }

        return Text(generation);
    }

    public static string TokenizerConfig(ChatModel model) => Text(new()
    {
        ["tokenizer_class"] = "PreTrainedTokenizerFast",
        ["pad_token"] = SpecialTokens.Pad,
        ["bos_token"] = SpecialTokens.Begin,
        ["eos_token"] = SpecialTokens.End,
        ["additional_special_tokens"] = new JsonArray([.. SpecialTokens.All.Skip(SpecialTokens.EndId + 1).Select(t => (JsonNode)t)]),
        ["padding_side"] = "left",
        ["model_max_length"] = model.Config.MaxPositions,
        ["clean_up_tokenization_spaces"] = false,
        ["chat_template"] = Jinja,
    });

    /// <summary>Checks that a tokenizer is the kind that the model's other files describe.</summary>
    /// <exception cref="StageException">It is unreadable, or its vocabulary or special tokens are others.</exception>
    public static void CheckTokenizer(string file, int vocabularySize)
    {
        if (!File.Exists(file)) throw new StageException($"There is no tokenizer {file}: run the tokenizer stage first.");
        try
        {
            var root = JsonNode.Parse(File.ReadAllText(file))!;
            var ids = root["model"]!["vocab"]!.AsObject().Select(p => (int)p.Value!).Concat(root["added_tokens"]!.AsArray().Select(t => (int)t!["id"]!)).ToHashSet();
            if (ids.Count != vocabularySize || ids.Max() != vocabularySize - 1)
            {
                throw new StageException($"{file} has {ids.Count} tokens up to id {ids.Max()}, the model {vocabularySize}: they do not belong together.");
            }

            var special = root["added_tokens"]!.AsArray().Where(t => (bool)t!["special"]!).ToDictionary(t => (int)t!["id"]!, t => (string)t!["content"]!);
            for (var id = 0; id < SpecialTokens.All.Count; id++)
            {
                if (special.GetValueOrDefault(id) != SpecialTokens.All[id]) throw new StageException($"{file}: token {id} must be the special token {SpecialTokens.All[id]}.");
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or NullReferenceException or FormatException)
        {
            throw new StageException($"{file} is no Hugging Face tokenizer: {e.Message}", e);
        }
    }

    private static string Text(JsonObject json) => json.ToJsonString(Layout) + "\n";
}
