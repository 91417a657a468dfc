using System.ComponentModel.DataAnnotations;

namespace ChatLoop.App.Templates;

/// <summary>The prepared answers.</summary>
public sealed class TemplateOptions
{
    public const string Section = "Templates";

    /// <summary>The folder with one JSON file a language. Relative to the application's folder.</summary>
    [Required]
    public string Path { get; set; } = "Templates";

    /// <summary>Serves readers of any language that has no file.</summary>
    [Required]
    public string DefaultLanguage { get; set; } = "en";
}
