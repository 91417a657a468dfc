namespace ChatLoop.Core.Templates;

/// <summary>Every template, checked: whatever goes wrong in a turn, there is a text for it in each language.</summary>
public sealed class TemplateCatalogue
{
    /// <summary>The entry of a kind that serves every category without a text of its own.</summary>
    public const string Default = "default";

    /// <summary>Longest template in characters: it travels through the orchestration's history.</summary>
    public const int LongestText = 1000;

    private static readonly Dictionary<string, TemplateKind> Kinds = Enum.GetValues<TemplateKind>().ToDictionary(NameOf);

    private readonly Dictionary<TemplateKey, string> texts = [];
    private readonly HashSet<string> languages = new(StringComparer.OrdinalIgnoreCase);
    private readonly string defaultLanguage;

    /// <param name="files">One for each language.</param>
    /// <param name="categories">The moderation categories that templates may be written for.</param>
    /// <param name="defaultLanguage">Serves readers of any language that has no file.</param>
    /// <exception cref="TemplateException">A language, a kind's default or a text is missing, or a name is unknown: all of it in one message.</exception>
    public TemplateCatalogue(IEnumerable<TemplateFile> files, IReadOnlyCollection<string> categories, string defaultLanguage)
    {
        ArgumentNullException.ThrowIfNull(files);
        this.defaultLanguage = defaultLanguage;
        var faults = new List<string>();
        foreach (var file in files)
            Add(file, categories, faults);
        if (!languages.Contains(defaultLanguage))
            faults.Add($"there is no file for the default language \"{defaultLanguage}\"");
        if (faults.Count > 0)
            throw new TemplateException($"The templates are not complete: {string.Join("; ", faults)}.");
    }

    public IReadOnlyCollection<string> Languages => languages;

    /// <summary>
    /// The text for a kind of failure, in the first of the reader's languages that has a file (de-AT reads de), else in the
    /// default language; written for the first of the categories that has its own text (hate/threatening reads hate before
    /// giving way to the next), else the kind's default.
    /// </summary>
    public Template Choose(TemplateKind kind, IEnumerable<string> categories, IEnumerable<string> readerLanguages)
    {
        ArgumentNullException.ThrowIfNull(categories);
        ArgumentNullException.ThrowIfNull(readerLanguages);
        var language = readerLanguages.Select(FindLanguage).FirstOrDefault(found => found is not null) ?? FindLanguage(defaultLanguage)!;
        var key = categories.SelectMany(WithParent).Select(category => new TemplateKey(kind, category, language)).FirstOrDefault(texts.ContainsKey)
            ?? new TemplateKey(kind, null, language);
        return new Template(key, texts[key]);
    }

    /// <summary>Whether some kind has a text of this name in the default language.</summary>
    public bool HasEntry(string category) => texts.Keys.Any(key => key.Category == category && string.Equals(key.Language, defaultLanguage, StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether a text is one of the templates, in whatever language.</summary>
    public bool Has(string text) => texts.ContainsValue(text);

    /// <summary>A kind's name in files and answers, "questionBlocked" for one.</summary>
    public static string NameOf(TemplateKind kind) => char.ToLowerInvariant(kind.ToString()[0]) + kind.ToString()[1..];

    private static string[] WithParent(string category) =>
        category.IndexOf('/', StringComparison.Ordinal) is > 0 and var slash ? [category, category[..slash]] : [category];

    private string? FindLanguage(string tag)
    {
        for (var prefix = tag; prefix.Length > 0; prefix = prefix[..Math.Max(0, prefix.LastIndexOf('-'))])
            if (languages.TryGetValue(prefix, out var language))
                return language;
        return null;
    }

    private void Add(TemplateFile file, IReadOnlyCollection<string> categories, List<string> faults)
    {
        if (!languages.Add(file.Language))
            faults.Add($"language \"{file.Language}\" stands in two files");
        foreach (var (kindName, entries) in file.Templates)
        {
            if (!Kinds.TryGetValue(kindName, out var kind))
            {
                faults.Add($"{file.Language}: kind \"{kindName}\" is unknown (known: {string.Join(", ", Kinds.Keys)})");
                continue;
            }

            foreach (var (category, text) in entries)
                AddText(file.Language, kind, category, text, categories, faults);
        }

        foreach (var (kindName, kind) in Kinds)
            if (!texts.ContainsKey(new TemplateKey(kind, null, file.Language)))
                faults.Add($"{file.Language}: \"{kindName}\" has no \"{Default}\" text");
    }

    private void AddText(string language, TemplateKind kind, string category, string text, IReadOnlyCollection<string> categories, List<string> faults)
    {
        var where = $"{language}: \"{NameOf(kind)}\" / \"{category}\"";
        if (category != Default && !categories.Contains(category))
            faults.Add($"{where} is no moderation category (known: {string.Join(", ", categories)})");
        else if (string.IsNullOrWhiteSpace(text))
            faults.Add($"{where} is empty");
        else if (text.Length > LongestText)
            faults.Add($"{where} is longer than {LongestText} characters");
        else
            texts[new TemplateKey(kind, category == Default ? null : category, language)] = text;
    }
}
