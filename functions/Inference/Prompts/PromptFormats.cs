using System.Text.Json;
using System.Text.RegularExpressions;
using ChatLoop.Core.ModelFolders;
using ChatLoop.Inference.Models;

namespace ChatLoop.Inference.Prompts;

/// <summary>
/// The families whose chat templates are known. A template is a program in Jinja; rather than run it, its family is
/// recognised by the words it writes, and a template of no known family is an error.
/// </summary>
internal static partial class PromptFormats
{
    public static readonly PromptFormat ChatLoop = new("ChatLoop", "<|begin|>", "<|{role}|>", "<|end|>", "<|end|>");

    public static readonly PromptFormat ChatMl = new("ChatML", "", "<|im_start|>{role}\n", "<|im_end|>\n", "<|im_end|>");

    public static readonly PromptFormat Llama3 = new("Llama 3", "<|begin_of_text|>", "<|start_header_id|>{role}<|end_header_id|>\n\n", "<|eot_id|>", "<|eot_id|>", TrimsContent: true);

    /// <exception cref="ModelFolderException">The template is of no known family.</exception>
    public static PromptFormat Recognise(ChatModelFolder folder)
    {
        var template = folder.ChatTemplate;
        if (Has(template, "<|begin_of_text|>", "bos_token") && Has(template, "<|start_header_id|>") && Has(template, "<|eot_id|>"))
        {
            if (!Has(template, "Cutting Knowledge Date")) return Llama3;
            throw Unknown(folder, "the Llama 3.1 template writes the date into every prompt");
        }

        if (Has(template, "<|im_start|>") && Has(template, "<|im_end|>")) return ChatMl with { DefaultSystem = DefaultSystem().Match(template) is { Success: true } match ? match.Groups[1].Value : null };
        if (Has(template, "<|assistant|>") && Has(template, "<|end|>") && Has(template, "<|begin|>", "bos_token") && !Has(template, "<|user|>\\n", "<|assistant|>\\n", "<|assistant|>\n")) return ChatLoop;
        if (Has(template, "<|assistant|>") && Has(template, "<|user|>") && Has(template, "eos_token"))
        {
            var end = Token(folder, "eos_token");
            return new PromptFormat("Zephyr", "", "<|{role}|>\n", end + "\n", end);
        }

        throw Unknown(folder, "it is none of ChatLoop's, ChatML, Llama 3 and Zephyr");
    }

    private static bool Has(string template, params ReadOnlySpan<string> anyOf)
    {
        foreach (var text in anyOf)
        {
            if (template.Contains(text, StringComparison.Ordinal)) return true;
        }

        return false;
    }

    private static string Token(ChatModelFolder folder, string name)
    {
        if (folder.TokenizerConfig.TryGetProperty(name, out var token))
        {
            if (token.ValueKind == JsonValueKind.String) return token.GetString()!;
            if (token.ValueKind == JsonValueKind.Object && token.TryGetProperty("content", out var content) && content.ValueKind == JsonValueKind.String) return content.GetString()!;
        }

        throw new ModelFolderException(folder.Path, "tokenizer_config.json", $"{name} is missing.");
    }

    private static ModelFolderException Unknown(ChatModelFolder folder, string reason) =>
        new(folder.Path, "tokenizer_config.json", $"the chat template is not known here: {reason}.");

    // What a ChatML template writes for a conversation that starts without a system message: the only one that it spells
    // out. A line ends there as Jinja's escape or as itself.
    [GeneratedRegex(@"<\|im_start\|>system(?:\\n|\n)([^'""{}]+?)<\|im_end\|>")]
    private static partial Regex DefaultSystem();
}
