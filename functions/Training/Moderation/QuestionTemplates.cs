using System.Text.Json;
using System.Text.RegularExpressions;
using ChatLoop.Training.Cli;
using static ChatLoop.Core.Moderation.ModerationCategory;

namespace ChatLoop.Training.Moderation;

/// <summary>
/// Our own sentences with slots (templates.json), filled at random: harmful requests that no public set has, and harmless ones that share
/// their words. One template's fillings stay on one side of the split: every eighth of a kind is for validation.
/// </summary>
internal sealed partial class QuestionTemplates
{
    public const string SetName = "templates";

    private static readonly JsonDocumentOptions JsonOptions = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    private const int ValidationEvery = 8;

    private readonly Dictionary<string, string[]> _slots;
    private readonly List<(string[] Labels, string Text, bool ForValidation)> _templates = [];

    private QuestionTemplates(Dictionary<string, string[]> slots) => _slots = slots;

    public static string DefaultFile => Path.Combine(AppContext.BaseDirectory, "Moderation", "templates.json");

    /// <exception cref="StageException">The file is damaged, or names a slot or category that there is not.</exception>
    public static QuestionTemplates Load(string file)
    {
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllText(file), JsonOptions);
            var templates = new QuestionTemplates(json.RootElement.GetProperty("slots").EnumerateObject().ToDictionary(slot => slot.Name, slot => Strings(slot.Value)));
            foreach (var entry in json.RootElement.GetProperty("templates").EnumerateArray())
            {
                var labels = Strings(entry.GetProperty("labels"));
                if (labels.FirstOrDefault(label => !All.Contains(label)) is { } unknown) throw new StageException($"{file}: '{unknown}' is no moderation category.");
                foreach (var (index, text) in Strings(entry.GetProperty("texts")).Index())
                {
                    if (Slot().Matches(text).FirstOrDefault(slot => !templates._slots.ContainsKey(slot.Groups[1].Value)) is { } missing) throw new StageException($"{file}: '{text}' needs the slot {missing.Value}, which is not there.");
                    templates._templates.Add((labels, text, index % ValidationEvery == 2));
                }
            }

            return templates;
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new StageException($"{file} is no file of templates: {e.Message}", e);
        }
    }

    /// <summary>Up to <paramref name="each"/> different fillings of every template.</summary>
    public IEnumerable<LabeledText> Fill(int each, int seed)
    {
        var random = new Random(seed);
        foreach (var (labels, template, forValidation) in _templates)
        {
            var known = All.ToDictionary(category => category, labels.Contains);
            var filled = new HashSet<string>(StringComparer.Ordinal);
            for (var attempt = 0; attempt < each * 3 && filled.Count < each; attempt++)
            {
                filled.Add(Slot().Replace(template, slot => _slots[slot.Groups[1].Value] is var words ? words[random.Next(words.Length)] : ""));
                if (!template.Contains('{', StringComparison.Ordinal)) break;
            }

            foreach (var text in filled) yield return new LabeledText(SetName, text, known, forValidation);
        }
    }

    private static string[] Strings(JsonElement array) => [.. array.EnumerateArray().Select(item => item.GetString()!)];

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex Slot();
}
