using System.Text.Json.Nodes;
using ChatLoop.Core.ModelFolders;

namespace ChatLoop.Inference.Tests.Models;

/// <summary>A folder that cannot be used is refused when it is loaded, by the file's name and the reason.</summary>
public sealed class DamagedFolderTests : IDisposable
{
    private readonly TinyModel _ours = TinyModel.Ours();
    private readonly TinyModel _theirs = TinyModel.HuggingFace();

    [Theory]
    [InlineData("manifest.json")]
    [InlineData("config.json")]
    [InlineData("generation_config.json")]
    [InlineData("tokenizer.json")]
    [InlineData("tokenizer_config.json")]
    [InlineData("model.safetensors")]
    [InlineData("onnx/model.onnx")]
    public void A_file_missing_from_our_own_layout_is_named(string file)
    {
        File.Delete(Path.Combine(_ours.Folder, file));

        Refused(_ours, file, "missing");
    }

    [Theory]
    [InlineData("config.json")]
    [InlineData("tokenizer.json")]
    [InlineData("tokenizer_config.json")]
    [InlineData("onnx/model.onnx")]
    public void A_file_missing_from_another_layout_is_named(string file)
    {
        File.Delete(Path.Combine(_theirs.Folder, file));

        Refused(_theirs, file, "missing");
    }

    [Theory]
    [InlineData("config.json")]
    [InlineData("tokenizer.json")]
    [InlineData("onnx/model.onnx")]
    public void A_changed_byte_is_found_by_its_hash(string file)
    {
        var path = Path.Combine(_ours.Folder, file);
        var bytes = File.ReadAllBytes(path);
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(path, bytes);

        Refused(_ours, file, "SHA-256");
    }

    [Theory]
    [InlineData("config.json")]
    [InlineData("generation_config.json")]
    [InlineData("tokenizer.json")]
    [InlineData("tokenizer_config.json")]
    [InlineData("onnx/model.onnx")]
    public void A_file_cut_short_is_named(string file)
    {
        var path = Path.Combine(_theirs.Folder, file);
        File.WriteAllBytes(path, File.ReadAllBytes(path)[..50]);

        Refused(_theirs, file, "damaged");
    }

    [Fact]
    public void No_folder_at_all_says_which_setting_to_change()
    {
        var refused = Assert.Throws<ModelFolderException>(() => _ours.Client(o => o.ModelPath = "/no/such/model"));

        Assert.Contains("/no/such/model", refused.Message, StringComparison.Ordinal);
        Assert.Contains("Inference:ModelPath", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_kind_of_model_is_refused()
    {
        _ours.Sign(ModelManifest.ModerationKind);

        Refused(_ours, "manifest.json", "'moderation'");
    }

    [Theory]
    [InlineData("model_type", "\"gpt2\"", "'gpt2'")]
    [InlineData("model_type", "null", "only 'llama'")]
    [InlineData("vocab_size", "0", "vocab_size")]
    [InlineData("vocab_size", "\"many\"", "damaged")]
    [InlineData("num_hidden_layers", "null", "damaged")]
    public void A_configuration_that_is_not_understood_is_refused(string key, string value, string reason)
    {
        _theirs.Edit("config.json", config => config[key] = JsonNode.Parse(value));

        Refused(_theirs, "config.json", reason);
    }

    [Fact]
    public void A_configuration_of_other_layers_does_not_fit_the_graph()
    {
        _theirs.Edit("config.json", config => config["num_hidden_layers"] = 3);
        Refused(_theirs, "onnx/model.onnx", "past_key_values.2.key");

        _theirs.Edit("config.json", config => config["num_hidden_layers"] = 1);
        Refused(_theirs, "onnx/model.onnx", "past_key_values.1.key");
    }

    [Fact]
    public void Another_vocabulary_size_does_not_fit_the_graph_or_the_tokenizer()
    {
        _ours.Edit("config.json", config => config["vocab_size"] = 400);
        _ours.Sign();
        Refused(_ours, "onnx/model.onnx", "328 logits, config.json 400");

        _ours.Edit("config.json", config => config["vocab_size"] = 300);
        _ours.Sign();
        Refused(_ours, "tokenizer.json", "327");
    }

    [Fact]
    public void A_graph_with_a_growing_cache_is_not_taken_for_one_with_a_shared_cache()
    {
        File.Copy(Path.Combine(_theirs.Folder, "onnx/model.onnx"), Path.Combine(_ours.Folder, "onnx/model.onnx"), overwrite: true);
        _ours.Sign();

        Refused(_ours, "onnx/model.onnx", "shared cache");
    }

    [Theory]
    [InlineData("model.type", "\"Unigram\"", "'Unigram'")]
    [InlineData("model.byte_fallback", "true", "byte_fallback")]
    [InlineData("model.end_of_word_suffix", "\"</w>\"", "end_of_word_suffix")]
    [InlineData("model.vocab", "null", "damaged")]
    [InlineData("model.merges", "[\"nosuch token\"]", "damaged")]
    [InlineData("model", "{}", "damaged")]
    [InlineData("pre_tokenizer", """{ "type": "Metaspace" }""", "'Metaspace'")]
    [InlineData("pre_tokenizer", """{ "type": "ByteLevel", "add_prefix_space": true }""", "add_prefix_space")]
    [InlineData("pre_tokenizer", """{ "type": "Split", "pattern": { "Regex": "(" }, "behavior": "Isolated" }""", "damaged")]
    [InlineData("pre_tokenizer", """{ "type": "Split", "pattern": { "Regex": "a" }, "behavior": "MergedWithNext" }""", "MergedWithNext")]
    [InlineData("normalizer", """{ "type": "NFC" }""", "'NFC'")]
    [InlineData("added_tokens", "[]", "<|end|>")]
    public void A_tokenizer_that_is_not_understood_is_refused(string key, string value, string reason)
    {
        _theirs.Edit("tokenizer.json", root =>
        {
            var path = key.Split('.');
            (path.Length == 1 ? root : root[path[0]]!.AsObject())[path[^1]] = JsonNode.Parse(value);
        });

        Refused(_theirs, "tokenizer.json", reason);
    }

    [Theory]
    [InlineData("eos_token_id", "\"two\"", "eos_token_id holds two")]
    [InlineData("eos_token_id", "[2, \"three\"]", "eos_token_id holds three")]
    [InlineData("temperature", "-1", "Temperature is -1")]
    [InlineData("top_p", "5", "TopP is 5")]
    [InlineData("top_k", "-3", "TopK is -3")]
    public void Generation_defaults_out_of_range_are_refused_when_the_model_is_loaded(string key, string value, string reason)
    {
        _theirs.Edit("generation_config.json", config => config[key] = JsonNode.Parse(value));

        Refused(_theirs, "generation_config.json", reason);
    }

    [Fact]
    public void A_model_without_a_chat_template_is_refused()
    {
        _theirs.Edit("tokenizer_config.json", config => config.Remove("chat_template"));

        Refused(_theirs, "tokenizer_config.json", "chat_template");
    }

    public void Dispose()
    {
        _ours.Dispose();
        _theirs.Dispose();
    }

    private static void Refused(TinyModel model, string file, string reason)
    {
        var message = Assert.Throws<ModelFolderException>(() => model.Client()).Message;

        Assert.StartsWith($"Model folder {model.Folder}: {file}: ", message, StringComparison.Ordinal);
        Assert.Contains(reason, message, StringComparison.Ordinal);
    }
}
