using System.Text.Json;
using ChatLoop.Core.Moderation;
using ChatLoop.Core.Templates;

namespace ChatLoop.App.Templates;

/// <summary>Reads the template files of a folder.</summary>
internal static class TemplateFolder
{
    /// <param name="named">Entries that the moderation policy names beside the categories' own.</param>
    /// <exception cref="TemplateException">A file is missing, does not read, or the templates are not complete.</exception>
    public static TemplateCatalogue Load(string folder, string defaultLanguage, IEnumerable<string>? named = null)
    {
        if (!Directory.Exists(folder))
            throw new TemplateException($"There is no template folder {folder}: set Templates:Path, or copy the default one there.");
        var files = Directory.GetFiles(folder, "*.json").Order(StringComparer.Ordinal).Select(Read).ToList();
        var catalogue = new TemplateCatalogue(files, [.. ModerationCategory.All, .. ModerationSignal.All, PersonalDataPolicy.Category, .. named ?? []], defaultLanguage);
        foreach (var name in named ?? [])
            if (!catalogue.HasEntry(name))
                throw new TemplateException($"The moderation policy names the template \"{name}\", which no template file of the language \"{defaultLanguage}\" has: add it under \"questionBlocked\" or \"answerBlocked\".");
        return catalogue;
    }

    private static TemplateFile Read(string path)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(path), AppJson.Default.TemplateFile) is { Language: not null, Templates: not null } file
                ? file
                : throw new TemplateException($"{path} needs a \"language\" and \"templates\".");
        }
        catch (JsonException e)
        {
            throw new TemplateException($"{path} is not a template file: {e.Message}");
        }
    }
}
