using ChatLoop.App.Templates;
using ChatLoop.Core.Moderation;
using ChatLoop.Core.Templates;

namespace ChatLoop.App.Tests.Templates;

public sealed class TemplateFolderTests : IDisposable
{
    private static readonly string Shipped = Path.Combine(AppContext.BaseDirectory, "Templates");
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("chatloop-templates-");

    public void Dispose() => folder.Delete(recursive: true);

    public static TheoryData<string> Languages => [.. Directory.GetFiles(Shipped, "*.json").Select(path => Path.GetFileNameWithoutExtension(path)!)];

    [Theory]
    [MemberData(nameof(Languages))]
    public void Each_shipped_language_has_a_text_of_its_own_for_every_kind_and_category_that_English_has(string language)
    {
        var templates = TemplateFolder.Load(Shipped, "en");

        foreach (var kind in Enum.GetValues<TemplateKind>())
        {
            foreach (var category in ModerationCategory.All.Append(PersonalDataPolicy.Category))
            {
                var english = templates.Choose(kind, [category], ["en"]);
                var template = templates.Choose(kind, [category], [language]);
                Assert.Equal(english.Key with { Language = language }, template.Key);
                Assert.True(language == "en" || template.Text != english.Text, $"{template.Key} is not translated");
            }
        }
    }

    [Fact]
    public void A_changed_file_is_what_is_read()
    {
        File.WriteAllText(Path.Combine(folder.FullName, "en.json"), File.ReadAllText(Path.Combine(Shipped, "en.json")).Replace("Something went wrong", "Oh dear", StringComparison.Ordinal));

        var template = TemplateFolder.Load(folder.FullName, "en").Choose(TemplateKind.GenerationFailed, [], []);

        Assert.StartsWith("Oh dear", template.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{", "is not a template file")]
    [InlineData("{}", "language")]
    [InlineData("""{ "language": "en", "templates": {} }""", "questionBlocked")]
    public void A_file_that_is_broken_is_named(string text, string reason)
    {
        File.WriteAllText(Path.Combine(folder.FullName, "en.json"), text);

        var failure = Assert.Throws<TemplateException>(() => TemplateFolder.Load(folder.FullName, "en"));

        Assert.Contains(reason, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_entry_that_the_policy_names_is_read_and_its_absence_is_told()
    {
        var file = Path.Combine(folder.FullName, "en.json");
        File.Copy(Path.Combine(Shipped, "en.json"), file);

        Assert.Contains("\"our-rules\"", Assert.Throws<TemplateException>(() => TemplateFolder.Load(folder.FullName, "en", ["our-rules"])).Message, StringComparison.Ordinal);
        File.WriteAllText(file, File.ReadAllText(file).Replace("\"questionBlocked\": {", "\"questionBlocked\": { \"our-rules\": \"Ask Ann.\",", StringComparison.Ordinal));

        Assert.Equal("Ask Ann.", TemplateFolder.Load(folder.FullName, "en", ["our-rules"]).Choose(TemplateKind.QuestionBlocked, ["our-rules", "hate"], []).Text);
    }

    [Fact]
    public void A_folder_that_is_missing_is_named()
    {
        var failure = Assert.Throws<TemplateException>(() => TemplateFolder.Load(Path.Combine(folder.FullName, "none"), "en"));

        Assert.Contains("none", failure.Message, StringComparison.Ordinal);
    }
}
