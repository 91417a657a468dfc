using ChatLoop.Core.ModelFolders;
using ChatLoop.Core.Moderation;
using Microsoft.ML.OnnxRuntime;

namespace ChatLoop.Inference.Moderation;

/// <summary>The classifier in memory: buckets in, probabilities out. Safe to call from many threads at once.</summary>
internal sealed class ModerationModel : IDisposable
{
    private const string Ids = "ids";
    private const string Scores = "scores";

    private readonly InferenceSession _session;

    private ModerationModel(InferenceSession session, string name, ModerationSettings settings)
    {
        (_session, Name, Settings) = (session, name, settings);
        Featurizer = new NgramFeaturizer(settings.Featurizer);
    }

    public string Name { get; }

    public ModerationSettings Settings { get; }

    public NgramFeaturizer Featurizer { get; }

    /// <exception cref="ModelFolderException">The folder is incomplete, damaged, or holds another kind of model.</exception>
    public static ModerationModel Open(string folder)
    {
        var manifest = ModelManifest.Verify(folder, ModelManifest.ModerationKind);
        foreach (var file in (ReadOnlySpan<string>)[ModerationSettings.FileName, ModerationSettings.ModelFileName])
        {
            if (!manifest.Files.ContainsKey(file)) throw new ModelFolderException(folder, ModelManifest.FileName, $"does not list {file}; export the model again.");
        }

        var settings = ModerationSettings.Load(folder);
        // A message is judged in microseconds of arithmetic: handing it to other threads would cost more.
        using var options = new SessionOptions { IntraOpNumThreads = 1, InterOpNumThreads = 1 };
        InferenceSession session;
        try
        {
            session = new InferenceSession(Path.Combine(folder, ModerationSettings.ModelFileName), options);
        }
        catch (OnnxRuntimeException e)
        {
            throw new ModelFolderException(folder, ModerationSettings.ModelFileName, $"ONNX Runtime cannot read it: {e.Message}", e);
        }

        if (Fault(session, settings) is not { } fault) return new ModerationModel(session, manifest.Name, settings);
        session.Dispose();
        throw new ModelFolderException(folder, ModerationSettings.ModelFileName, fault);
    }

    /// <summary>The probability of each category in <see cref="ModerationSettings.Categories"/>' order.</summary>
    public float[] Score(long[] buckets)
    {
        using var ids = OrtValue.CreateTensorValueFromMemory(buckets, [buckets.Length]);
        using var run = new RunOptions();
        using var outputs = _session.Run(run, [Ids], [ids], [Scores]);
        return outputs[0].GetTensorDataAsSpan<float>().ToArray();
    }

    public void Dispose() => _session.Dispose();

    private static string? Fault(InferenceSession session, ModerationSettings settings)
    {
        if (!session.InputMetadata.ContainsKey(Ids) || !session.OutputMetadata.TryGetValue(Scores, out var scores)) return $"it has no input '{Ids}' or no output '{Scores}'; it is no moderation model of ours.";
        return scores.Dimensions is [var count] && count == settings.Categories.Count ? null : $"it does not give one score for each of the {settings.Categories.Count} categories of {ModerationSettings.FileName}.";
    }
}
