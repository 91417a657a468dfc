using System.Globalization;
using ChatLoop.Core.Chat;
using ChatLoop.Core.ModelFolders;
using ChatLoop.Inference.Tokenization;
using Microsoft.ML.OnnxRuntime;

namespace ChatLoop.Inference.Rewards;

/// <summary>Scores answers with an exported reward model: 0 is an average answer, 1 a deviation better. Safe to call from many threads at once.</summary>
public sealed class RewardScorer : IRewardScorer, IDisposable
{
    private const string TokenizerFileName = "tokenizer.json";
    private const string GraphFileName = "onnx/model.onnx";

    private readonly InferenceSession _session;
    private readonly TextTokenizer _tokenizer;
    private readonly int _longest;

    private RewardScorer(InferenceSession session, TextTokenizer tokenizer, int longest, string name) => (_session, _tokenizer, _longest, Name) = (session, tokenizer, longest, name);

    public string Name { get; }

    /// <exception cref="ModelFolderException">The folder is incomplete, damaged, or holds another kind of model.</exception>
    public static RewardScorer Open(string folder)
    {
        var manifest = ModelManifest.Verify(folder, ModelManifest.RewardKind);
        foreach (var file in (ReadOnlySpan<string>)[TokenizerFileName, GraphFileName])
        {
            if (!manifest.Files.ContainsKey(file)) throw new ModelFolderException(folder, ModelManifest.FileName, $"does not list {file}; export the model again.");
        }

        if (!int.TryParse(manifest.Metadata.GetValueOrDefault("maxPositions"), NumberStyles.None, CultureInfo.InvariantCulture, out var longest))
        {
            throw new ModelFolderException(folder, ModelManifest.FileName, "its metadata has no number maxPositions; export the model again.");
        }

        var tokenizer = TextTokenizer.Open(Path.Combine(folder, TokenizerFileName));
        try
        {
            return new RewardScorer(new InferenceSession(Path.Combine(folder, GraphFileName)), tokenizer, longest, manifest.Name);
        }
        catch (OnnxRuntimeException e)
        {
            throw new ModelFolderException(folder, GraphFileName, $"ONNX Runtime cannot read it: {e.Message}", e);
        }
    }

    /// <summary>The reward of a conversation's last message, which is the assistant's.</summary>
    /// <param name="messages">Roles are those of <see cref="ChatRole"/>. Where they are too long, the first are left out whole.</param>
    /// <exception cref="ArgumentException">The last message is not the assistant's, or does not fit with the one before it.</exception>
    public float Score(IReadOnlyList<(string Role, string Text)> messages) => Score([messages])[0];

    /// <summary>The rewards of several conversations in one forward pass.</summary>
    public float[] Score(IReadOnlyList<IReadOnlyList<(string Role, string Text)>> conversations)
    {
        ArgumentNullException.ThrowIfNull(conversations);
        if (conversations.Count == 0) return [];
        var rows = conversations.Select(Encode).ToArray();
        var width = rows.Max(r => r.Count);
        var (ids, mask) = (new long[rows.Length * width], new long[rows.Length * width]);
        Array.Fill(ids, SpecialTokens.PadId);
        for (var row = 0; row < rows.Length; row++)
        {
            for (var i = 0; i < rows[row].Count; i++) (ids[row * width + i], mask[row * width + i]) = (rows[row][i], 1);
        }

        long[] shape = [rows.Length, width];
        using var idValues = OrtValue.CreateTensorValueFromMemory(ids, shape);
        using var maskValues = OrtValue.CreateTensorValueFromMemory(mask, shape);
        using var run = new RunOptions();
        using var outputs = _session.Run(run, ["input_ids", "attention_mask"], [idValues, maskValues], ["scores"]);
        return outputs[0].GetTensorDataAsSpan<float>().ToArray();
    }

    public void Dispose() => _session.Dispose();

    // The trainer's rule: a conversation starts with no answer, and loses its first messages whole until it fits.
    private List<int> Encode(IReadOnlyList<(string Role, string Text)> messages)
    {
        if (messages.Count < 2 || messages[^1].Role != ChatRole.Assistant) throw new ArgumentException("A conversation to score is a question and, last, the assistant's answer.", nameof(messages));
        for (var dropped = 0; dropped < messages.Count - 1; dropped++)
        {
            if (messages[dropped].Role == ChatRole.Assistant) continue;
            var ids = new List<int>();
            foreach (var segment in ChatTemplate.Render(messages.Skip(dropped), addGenerationPrompt: false))
            {
                if (segment.IsSpecial) ids.Add(SpecialTokens.All.Index().First(t => t.Item == segment.Text).Index);
                else _tokenizer.Encode(segment.Text, ids);
            }

            if (ids.Count <= _longest) return ids;
        }

        throw new ArgumentException($"The last question and its answer are more than the {_longest} tokens that this model reads.", nameof(messages));
    }
}
