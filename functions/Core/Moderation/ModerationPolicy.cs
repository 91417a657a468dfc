using System.Text.Json;
using System.Text.Json.Serialization;

namespace ChatLoop.Core.Moderation;

/// <summary>
/// What is done about a text, by category and direction, a blocklist, what becomes of personal data, and what happens while moderation
/// does not work. A category without a rule is blocked from the threshold that the model was shipped with; a threshold above 1 switches
/// the model's opinion of a category off.
/// </summary>
/// <param name="Thresholds">By direction (`question`, `answer`), then by category or signal.</param>
/// <param name="Blocklist">Rules that put a text into a category whatever its scores.</param>
public sealed record ModerationPolicy(
    IReadOnlyDictionary<ModerationDirection, IReadOnlyDictionary<string, CategoryRule>> Thresholds,
    IReadOnlyList<BlocklistEntry> Blocklist)
{
    /// <summary>More than any score: nothing counts.</summary>
    private const double Never = 2;

    /// <summary>No rules of its own and no blocklist: the model's shipped thresholds decide, and what they flag is blocked.</summary>
    public static ModerationPolicy Empty { get; } = new(new Dictionary<ModerationDirection, IReadOnlyDictionary<string, CategoryRule>>(), []);

    // Here and below, ?? because a source-generated reader sets what the JSON leaves out to null.
    public UnavailablePolicy WhenUnavailable { get; init => field = value ?? new UnavailablePolicy(); } = new();

    public PersonalDataPolicy PersonalData { get; init => field = value ?? new PersonalDataPolicy(); } = new();

    /// <summary>The templates that rules name.</summary>
    [JsonIgnore]
    public IEnumerable<string> Templates => Thresholds.Values.SelectMany(rules => rules.Values).Select(rule => rule.Template).OfType<string>().Distinct();

    /// <summary>Reads and checks a policy file.</summary>
    /// <exception cref="ModerationPolicyException">The file is missing, is no JSON, or names something unknown.</exception>
    public static ModerationPolicy Load(string file)
    {
        if (!File.Exists(file)) throw new ModerationPolicyException($"There is no moderation policy {file}: set the policy path, or copy the default one there.");
        try
        {
            var policy = JsonSerializer.Deserialize(File.ReadAllText(file), ModerationJsonContext.Default.ModerationPolicy);
            if (policy is null) throw new ModerationPolicyException($"{file} holds null, where a policy is needed.");
            policy = policy with { Thresholds = policy.Thresholds ?? Empty.Thresholds, Blocklist = policy.Blocklist ?? [] };
            policy.Validate(file);
            return policy;
        }
        catch (JsonException e)
        {
            throw new ModerationPolicyException($"{file} is no moderation policy: {e.Message}", e);
        }
    }

    /// <summary>The policy's own threshold, where it has one.</summary>
    public double? Threshold(string category, ModerationDirection direction) => Rule(category, direction) is { Action: ModerationAction.Off } ? Never : Rule(category, direction)?.Threshold;

    /// <summary>What is to be done about a text.</summary>
    public PolicyDecision Decide(ModerationVerdict verdict, ModerationDirection direction)
    {
        ArgumentNullException.ThrowIfNull(verdict);
        var signals = ModerationSignal.All.Where(signal => Rule(signal, direction)?.Threshold is { } threshold && verdict.Scores.TryGetValue(signal, out var score) && score >= threshold);
        string[] found = [.. verdict.Categories.Concat(signals).Distinct()];
        string[] blocked = With(ModerationAction.Block, ModerationAction.Template);
        var template = blocked is [var surest, ..] ? Rule(surest, direction)?.Template : null;
        return new PolicyDecision(blocked.Length > 0 || verdict is { Flagged: true, Categories: [] }, blocked, With(ModerationAction.Mask), With(ModerationAction.Flag), template);

        string[] With(params ModerationAction[] actions) => [.. found.Where(category => actions.Contains((Rule(category, direction) ?? CategoryRule.Default).Action))];
    }

    private CategoryRule? Rule(string category, ModerationDirection direction) =>
        Thresholds.TryGetValue(direction, out var rules) && rules.TryGetValue(category, out var rule) ? rule : null;

    private void Validate(string file)
    {
        foreach (var (direction, rules) in Thresholds)
        {
            if (rules is null) throw new ModerationPolicyException($"{file}: the thresholds for '{direction}' are null; write an object or leave them out.");
            foreach (var (category, rule) in rules)
            {
                CheckCategory(file, $"a threshold for '{direction}'", category, [.. ModerationCategory.All, .. ModerationSignal.All]);
                if (RuleMistake(category, rule) is { } mistake) throw new ModerationPolicyException($"{file}: {mistake}");
            }
        }

        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var entry in Blocklist)
        {
            if (string.IsNullOrWhiteSpace(entry?.Name)) throw new ModerationPolicyException($"{file}: a blocklist entry has no name.");
            if (!names.Add(entry.Name)) throw new ModerationPolicyException($"{file}: two blocklist entries are named '{entry.Name}'; names are unique.");
            if (string.IsNullOrWhiteSpace(entry.Phrase)) throw new ModerationPolicyException($"{file}: blocklist entry '{entry.Name}' has no phrase.");
            CheckCategory(file, $"blocklist entry '{entry.Name}'", entry.Category, ModerationCategory.All);
        }
    }

    private static string? RuleMistake(string category, CategoryRule? rule) => rule switch
    {
        null => $"the rule of '{category}' is null; write a threshold or leave it out.",
        { Threshold: <= 0 or > 2 } => $"the threshold of '{category}' is {rule.Threshold}; it lies above 0 and is at most 2 (above 1: off).",
        { Action: ModerationAction.Template, Template: null or "" } => $"'{category}' is to be answered by a template, but names none: add \"template\", an entry of the template files.",
        { Action: not ModerationAction.Template, Template: not null } => $"'{category}' names the template '{rule.Template}', but its action is {$"{rule.Action}".ToLowerInvariant()}: set \"action\": \"template\", or leave it out.",
        { Action: not ModerationAction.Off, Threshold: null } when ModerationSignal.All.Contains(category) => $"'{category}' is a signal, for which models have no threshold of their own: add \"threshold\".",
        _ => null,
    };

    private static void CheckCategory(string file, string where, string? category, IReadOnlyList<string> known)
    {
        if (category is null || !known.Contains(category))
        {
            throw new ModerationPolicyException($"{file}: {where} names the category '{category}', which is none of {string.Join(", ", known)}.");
        }
    }
}
