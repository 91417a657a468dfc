using System.Text.Json.Nodes;
using ChatLoop.Core.Chat;
using ChatLoop.Core.ModelFolders;
using ChatLoop.Inference.Models;
using ChatLoop.Inference.Prompts;
using ChatLoop.Inference.Tokenization;

namespace ChatLoop.Inference.Tests.Prompts;

/// <summary>Templates as published models have them; what they write was worked out from the templates.</summary>
public sealed class PromptFormatsTests : IDisposable
{
    // HuggingFaceTB/SmolLM2-135M-Instruct.
    private const string SmolLm2 =
        "{% for message in messages %}{% if loop.first and messages[0]['role'] != 'system' %}{{ '<|im_start|>system\nYou are a helpful AI assistant named SmolLM, trained by Hugging Face<|im_end|>\n' }}{% endif %}"
        + "{{'<|im_start|>' + message['role'] + '\n' + message['content'] + '<|im_end|>' + '\n'}}{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}";

    private const string PlainChatMl =
        "{% for message in messages %}{{'<|im_start|>' + message['role'] + '\\n' + message['content'] + '<|im_end|>' + '\\n'}}{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{% endif %}";

    // meta-llama/Meta-Llama-3-8B-Instruct.
    private const string Llama3 =
        "{% set loop_messages = messages %}{% for message in loop_messages %}{% set content = '<|start_header_id|>' + message['role'] + '<|end_header_id|>\n\n'+ message['content'] | trim + '<|eot_id|>' %}"
        + "{% if loop.index0 == 0 %}{% set content = bos_token + content %}{% endif %}{{ content }}{% endfor %}{% if add_generation_prompt %}{{ '<|start_header_id|>assistant<|end_header_id|>\n\n' }}{% endif %}";

    // HuggingFaceH4/zephyr-7b-beta.
    private const string Zephyr =
        "{% for message in messages %}\n{% if message['role'] == 'user' %}\n{{ '<|user|>\n' + message['content'] + eos_token }}\n{% elif message['role'] == 'system' %}\n{{ '<|system|>\n' + message['content'] + eos_token }}\n"
        + "{% elif message['role'] == 'assistant' %}\n{{ '<|assistant|>\n'  + message['content'] + eos_token }}\n{% endif %}\n{% if loop.last and add_generation_prompt %}\n{{ '<|assistant|>' }}\n{% endif %}\n{% endfor %}";

    private readonly TinyModel _model = TinyModel.HuggingFace();

    [Fact]
    public void ChatMl_begins_with_the_templates_own_system_message_where_there_is_none()
    {
        Use(SmolLm2, "<|im_start|>", "<|im_end|>");

        Assert.Equal(
            "<|im_start|>system\nYou are a helpful AI assistant named SmolLM, trained by Hugging Face<|im_end|>\n<|im_start|>user\nHi <|im_end|>\n<|im_start|>assistant\n",
            Write(new Turn("user", "Hi ")));
        Assert.Equal("<|im_start|>system\nBe kind.<|im_end|>\n<|im_start|>user\nHi<|im_end|>\n<|im_start|>assistant\n", Write(new("system", "Be kind."), new("user", "Hi")));
    }

    [Fact]
    public void ChatMl_without_a_system_message_of_its_own_adds_none()
    {
        Use(PlainChatMl, "<|im_start|>", "<|im_end|>");

        Assert.Equal("<|im_start|>user\nHi<|im_end|>\n<|im_start|>assistant\nYes<|im_end|>\n<|im_start|>user\nSo?<|im_end|>\n<|im_start|>assistant\n", Write(new("user", "Hi"), new("assistant", "Yes"), new("user", "So?")));
    }

    [Fact]
    public void Llama_3_trims_what_people_write()
    {
        Use(Llama3, "<|begin_of_text|>", "<|start_header_id|>", "<|end_header_id|>", "<|eot_id|>");

        Assert.Equal(
            "<|begin_of_text|><|start_header_id|>user<|end_header_id|>\n\nHi<|eot_id|><|start_header_id|>assistant<|end_header_id|>\n\n",
            Write(new Turn("user", " Hi\n")));
    }

    [Fact]
    public void Zephyr_ends_messages_with_the_tokenizers_end()
    {
        Use(Zephyr, "</s>");
        _model.Edit("tokenizer_config.json", config => config["eos_token"] = new JsonObject { ["content"] = "</s>" });

        Assert.Equal("<|user|>\nHi</s>\n<|assistant|>\n", Write(new Turn("user", "Hi")));
    }

    [Fact]
    public void Our_own_template_is_known_however_it_spells_the_beginning()
    {
        foreach (var template in (string[])[ChatTemplate.Jinja, ChatTemplate.Jinja.Replace("'<|begin|>'", "bos_token", StringComparison.Ordinal)])
        {
            Use(template);

            Assert.Equal("<|begin|><|user|>Hi<|end|><|assistant|>", Write(new Turn("user", "Hi")));
        }
    }

    [Fact]
    public void A_template_file_beside_the_configuration_is_read()
    {
        _model.Edit("tokenizer_config.json", config => config.Remove("chat_template"));
        File.WriteAllText(Path.Combine(_model.Folder, "chat_template.jinja"), ChatTemplate.Jinja);

        Assert.Equal("<|begin|><|user|>Hi<|end|><|assistant|>", Write(new Turn("user", "Hi")));
    }

    [Theory]
    [InlineData("{{ messages[0]['content'] }}", "none of")]
    [InlineData("{{ bos_token }}[INST] {{ messages[0]['content'] }} [/INST]", "none of")]
    [InlineData("{{ bos_token }}<|start_header_id|>Cutting Knowledge Date<|eot_id|>", "date")]
    [InlineData("<|im_start|>{{ role }}<|im_end|>", "<|im_end|>")]
    public void A_template_that_is_not_known_is_refused(string template, string reason)
    {
        Use(template);

        Assert.Contains(reason, Assert.Throws<ModelFolderException>(() => Write(new Turn("user", "Hi"))).Message, StringComparison.Ordinal);
    }

    public void Dispose() => _model.Dispose();

    private void Use(string template, params string[] specials)
    {
        _model.Edit("tokenizer_config.json", config => config["chat_template"] = template);
        if (specials.Length == 0) return;
        _model.Edit("tokenizer.json", root =>
        {
            foreach (var (special, i) in specials.Select((s, i) => (s, i)))
            {
                root["added_tokens"]!.AsArray().Add(new JsonObject { ["id"] = 400 + i, ["content"] = special, ["special"] = true });
            }
        });
    }

    private string Write(params Turn[] turns)
    {
        var folder = ChatModelFolder.Open(_model.Folder);
        var tokenizer = TextTokenizer.Open(folder.TokenizerPath);
        return PromptWriterTests.Text(new PromptWriter(PromptFormats.Recognise(folder), tokenizer, folder.Path).Write(turns, 1000), tokenizer);
    }
}
