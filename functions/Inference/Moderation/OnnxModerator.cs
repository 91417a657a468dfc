using ChatLoop.Core.ModelFolders;
using ChatLoop.Core.Moderation;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace ChatLoop.Inference.Moderation;

/// <summary>
/// Judges texts by the classifier's scores and the policy's blocklist. A long text is judged window by window, so that what is harmful in
/// it is not thinned by the rest: a category's score is its highest. Safe to call from many threads at once.
/// </summary>
public sealed class OnnxModerator : IModerator, IDisposable
{
    private readonly ModerationModel _model;
    private readonly ModerationPolicy _policy;
    private readonly Blocklist _blocklist;
    private readonly ILogger _logger;

    /// <exception cref="ModelFolderException">The model folder cannot be used.</exception>
    /// <exception cref="ModerationPolicyException">The policy cannot be used.</exception>
    public OnnxModerator(string modelFolder, ModerationPolicy policy, ILogger<OnnxModerator>? logger = null)
    {
        ArgumentNullException.ThrowIfNull(policy);
        _policy = policy;
        _blocklist = new Blocklist(policy.Blocklist);
        _model = ModerationModel.Open(modelFolder);
        _logger = logger ?? NullLogger<OnnxModerator>.Instance;
        _logger.ModeratorLoaded(_model.Name, modelFolder, _model.Settings.Categories.Count, policy.Blocklist.Count);
    }

    public ValueTask<ModerationVerdict> ModerateAsync(string text, ModerationDirection direction, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(text);
        var normalized = TextNormalizer.Normalize(text);
        var rules = _blocklist.Match(normalized);
        var scores = Score(normalized, cancellationToken);

        // A rule is certain, so it comes before any score; then by how far a score is over its threshold.
        var overThreshold = scores.Select(score => (score.Key, Excess: score.Value - Threshold(score.Key, direction))).Where(c => c.Excess >= 0).OrderByDescending(c => c.Excess);
        string[] categories = [.. rules.Select(rule => rule.Category).Concat(overThreshold.Select(c => c.Key)).Distinct()];
        var verdict = new ModerationVerdict(categories.Length > 0, categories, scores, [.. rules.Select(rule => rule.Name)], _model.Name);
        _logger.Moderated(direction, text.Length, verdict.Flagged, categories.Length);
        return ValueTask.FromResult(verdict);
    }

    public void Dispose() => _model.Dispose();

    private double Threshold(string category, ModerationDirection direction) => _policy.Threshold(category, direction) ?? _model.Settings.Thresholds[category];

    private SortedDictionary<string, double> Score(string normalized, CancellationToken cancellationToken)
    {
        var highest = new SortedDictionary<string, double>(StringComparer.Ordinal);
        foreach (var category in _model.Settings.Categories) highest[category] = 0;
        foreach (var window in _model.Featurizer.Chunks(normalized))
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (var (score, category) in _model.Score(window).Zip(_model.Settings.Categories)) highest[category] = Math.Max(highest[category], score);
        }

        return highest;
    }
}
