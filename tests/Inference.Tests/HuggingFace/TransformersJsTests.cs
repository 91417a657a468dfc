using System.Text.Json;
using System.Text.Json.Nodes;
using ChatLoop.Core.Chat;
using ChatLoop.Inference.Models;
using ChatLoop.Inference.Prompts;
using ChatLoop.Inference.Tokenization;

namespace ChatLoop.Inference.Tests.HuggingFace;

/// <summary>Hugging Face's JavaScript library reads an exported folder as we do: tokenizer, chat template, greedy answers.</summary>
public sealed class TransformersJsTests
{
    private static readonly JsonNode Cases = JsonNode.Parse(File.ReadAllText(Repository.Path("tests/HuggingFace/cases.json")))!;

    [SkippableFact]
    public async Task The_tiny_model_is_read_alike()
    {
        var said = await NodeCheck.RunAsync(TinyModel.Exported);

        Agrees(said, TinyModel.Exported);
        Assert.True(JsonNode.DeepEquals(Expected(), said), "tests/HuggingFace/tiny.expected.json is out of date; its README says how to write it again.");
    }

    [SkippableFact]
    public async Task Another_exporters_layout_is_read_alike()
    {
        using var model = TinyModel.HuggingFace();

        Agrees(await NodeCheck.RunAsync(model.Folder), model.Folder);
    }

    [SkippableFact]
    public async Task The_model_that_ships_is_read_alike()
    {
        var folder = Repository.Path("models/chat");
        Skip.IfNot(Directory.Exists(folder), $"There is no {folder}.");

        Agrees(await NodeCheck.RunAsync(folder), folder);
    }

    // Where there is no Node.js, what the library said when it was last asked.
    [Fact]
    public void The_tiny_model_is_read_as_was_written_down() => Agrees(Expected(), TinyModel.Exported);

    private static JsonNode Expected() => JsonNode.Parse(File.ReadAllText(Repository.Path("tests/HuggingFace/tiny.expected.json")))!;

    private static void Agrees(JsonNode theirs, string folder)
    {
        var tokenizer = TextTokenizer.Open(ChatModelFolder.Open(folder).TokenizerPath);
        foreach (var (text, said) in Cases["texts"].Deserialize<string[]>()!.Zip(theirs["texts"]!.AsArray()))
        {
            var ids = new List<int>();
            tokenizer.Encode(text, ids);
            Assert.Equal(said!["ids"].Deserialize<int[]>()!, ids);
            Assert.Equal(said["decoded"]!.GetValue<string>(), text);
        }

        foreach (var (conversation, said) in Cases["conversations"]!.AsArray().Zip(theirs["answers"]!.AsArray()))
        {
            Turn[] turns = [.. conversation!.AsArray().Select(m => new Turn(m!["role"]!.GetValue<string>(), m["content"]!.GetValue<string>()))];
            var (prompt, answer) = TinyModel.Greedy(folder, turns, Cases["maxNewTokens"]!.GetValue<int>());

            Assert.Equal(string.Concat(ChatTemplate.Render(turns.Select(t => (t.Role, t.Text)), addGenerationPrompt: true).Select(s => s.Text)), said!["prompt"]!.GetValue<string>());
            Assert.Equal(said["promptIds"].Deserialize<int[]>()!, prompt);

            // The library gives the token that ended the answer as well.
            var theirAnswer = said["answerIds"].Deserialize<int[]>()!;
            Assert.Equal(theirAnswer.Take(answer.Length), answer);
            Assert.InRange(theirAnswer.Length - answer.Length, 0, 1);
        }
    }
}
