using ChatLoop.Core.ModelFolders;
using ChatLoop.Core.Moderation;
using Microsoft.ML.OnnxRuntime;

namespace ChatLoop.Training.Evaluation.WinRates;

/// <summary>Which answers the exported moderation model flags, at its own thresholds: no policy and no blocklist, so that two models are counted alike.</summary>
internal sealed class AnswerModeration : IDisposable
{
    private readonly InferenceSession _session;
    private readonly ModerationSettings _settings;
    private readonly NgramFeaturizer _featurizer;

    private AnswerModeration(InferenceSession session, ModerationSettings settings) => (_session, _settings, _featurizer) = (session, settings, new NgramFeaturizer(settings.Featurizer));

    /// <exception cref="ModelFolderException">The folder is missing, damaged, or holds another kind of model.</exception>
    public static AnswerModeration Open(string folder)
    {
        ModelManifest.Verify(folder, ModelManifest.ModerationKind);
        var settings = ModerationSettings.Load(folder);
        try
        {
            return new AnswerModeration(new InferenceSession(Path.Combine(folder, ModerationSettings.ModelFileName)), settings);
        }
        catch (OnnxRuntimeException e)
        {
            throw new ModelFolderException(folder, ModerationSettings.ModelFileName, $"ONNX Runtime cannot read it: {e.Message}", e);
        }
    }

    public bool Flags(string text) =>
        _featurizer.Chunks(TextNormalizer.Normalize(text)).Select(Scores).Any(scores => scores.Zip(_settings.Categories).Any(s => s.First >= _settings.Thresholds[s.Second]));

    public void Dispose() => _session.Dispose();

    private float[] Scores(long[] buckets)
    {
        using var ids = OrtValue.CreateTensorValueFromMemory(buckets, [buckets.Length]);
        using var run = new RunOptions();
        using var outputs = _session.Run(run, ["ids"], [ids], ["scores"]);
        return outputs[0].GetTensorDataAsSpan<float>().ToArray();
    }
}
