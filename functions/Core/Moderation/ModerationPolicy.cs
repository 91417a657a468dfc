using System.Text.Json;

namespace ChatLoop.Core.Moderation;

/// <summary>
/// What blocks: a threshold per category for questions and for answers, and a blocklist. A category without a threshold here takes
/// the one that the model was shipped with; a threshold above 1 switches the model's opinion of that category off.
/// </summary>
/// <param name="Thresholds">By direction (`question`, `answer`), then by category: scores at or above it are flagged.</param>
/// <param name="Blocklist">Rules that flag a text whatever its scores.</param>
public sealed record ModerationPolicy(
    IReadOnlyDictionary<ModerationDirection, IReadOnlyDictionary<string, double>> Thresholds,
    IReadOnlyList<BlocklistEntry> Blocklist)
{
    /// <summary>No thresholds of its own and no blocklist: the model's shipped thresholds decide.</summary>
    public static ModerationPolicy Empty { get; } = new(new Dictionary<ModerationDirection, IReadOnlyDictionary<string, double>>(), []);

    /// <summary>Reads and checks a policy file.</summary>
    /// <exception cref="ModerationPolicyException">The file is missing, is no JSON, or names something unknown.</exception>
    public static ModerationPolicy Load(string file)
    {
        if (!File.Exists(file)) throw new ModerationPolicyException($"There is no moderation policy {file}: set the policy path, or copy the default one there.");
        try
        {
            var policy = JsonSerializer.Deserialize(File.ReadAllText(file), ModerationJsonContext.Default.ModerationPolicy);
            if (policy is null) throw new ModerationPolicyException($"{file} holds null, where a policy is needed.");
            policy = new(policy.Thresholds ?? Empty.Thresholds, policy.Blocklist ?? []);
            policy.Validate(file);
            return policy;
        }
        catch (JsonException e)
        {
            throw new ModerationPolicyException($"{file} is no moderation policy: {e.Message}", e);
        }
    }

    /// <summary>The policy's own threshold, where it has one.</summary>
    public double? Threshold(string category, ModerationDirection direction) =>
        Thresholds.TryGetValue(direction, out var byCategory) && byCategory.TryGetValue(category, out var threshold) ? threshold : null;

    private void Validate(string file)
    {
        foreach (var (direction, byCategory) in Thresholds)
        {
            if (byCategory is null) throw new ModerationPolicyException($"{file}: the thresholds for '{direction}' are null; write an object or leave them out.");
            foreach (var (category, threshold) in byCategory)
            {
                CheckCategory(file, $"a threshold for '{direction}'", category);
                if (threshold is <= 0 or > 2) throw new ModerationPolicyException($"{file}: the threshold of '{category}' is {threshold}; it lies above 0 and is at most 2 (above 1: off).");
            }
        }

        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var entry in Blocklist)
        {
            if (string.IsNullOrWhiteSpace(entry?.Name)) throw new ModerationPolicyException($"{file}: a blocklist entry has no name.");
            if (!names.Add(entry.Name)) throw new ModerationPolicyException($"{file}: two blocklist entries are named '{entry.Name}'; names are unique.");
            if (string.IsNullOrWhiteSpace(entry.Phrase)) throw new ModerationPolicyException($"{file}: blocklist entry '{entry.Name}' has no phrase.");
            CheckCategory(file, $"blocklist entry '{entry.Name}'", entry.Category);
        }
    }

    private static void CheckCategory(string file, string where, string? category)
    {
        if (category is null || !ModerationCategory.All.Contains(category))
        {
            throw new ModerationPolicyException($"{file}: {where} names the category '{category}', which is none of {string.Join(", ", ModerationCategory.All)}.");
        }
    }
}
