using ChatLoop.Core.Templates;

namespace ChatLoop.Core.Tests.Templates;

public sealed class TemplateCatalogueTests
{
    private static readonly string[] Categories = ["hate", "hate/threatening", "self-harm"];

    [Theory]
    [InlineData("de", "de")]
    [InlineData("DE", "de")]
    [InlineData("de-AT", "de")]
    [InlineData("zh-Hant-TW", "zh")]
    [InlineData("sv", "en")]
    [InlineData("", "en")]
    public void Choose_reads_the_closest_language(string reader, string expected) =>
        Assert.Equal(expected, Catalogue("en", "de", "zh").Choose(TemplateKind.TimedOut, [], [reader]).Key.Language);

    [Fact]
    public void Choose_takes_the_first_language_of_the_reader_that_has_a_file() =>
        Assert.Equal("de", Catalogue("en", "de").Choose(TemplateKind.TimedOut, [], ["sv-SE", "de", "en"]).Key.Language);

    [Fact]
    public void Choose_prefers_the_text_of_the_category()
    {
        var template = Catalogue("en").Choose(TemplateKind.QuestionBlocked, ["self-harm", "hate"], ["en"]);

        Assert.Equal(new TemplateKey(TemplateKind.QuestionBlocked, "self-harm", "en"), template.Key);
        Assert.Equal("en questionBlocked self-harm", template.Text);
    }

    [Fact]
    public void Choose_reads_the_parent_category_before_the_next_one() =>
        Assert.Equal("hate", Catalogue("en").Choose(TemplateKind.QuestionBlocked, ["hate/threatening", "self-harm"], ["en"]).Key.Category);

    [Fact]
    public void Choose_without_a_text_for_the_category_gives_the_default() =>
        Assert.Equal(new TemplateKey(TemplateKind.AnswerBlocked, null, "en"), Catalogue("en").Choose(TemplateKind.AnswerBlocked, ["hate"], ["en"]).Key);

    [Fact]
    public void Every_kind_has_a_text_in_every_language()
    {
        var catalogue = Catalogue("en", "de", "zh");
        foreach (var kind in Enum.GetValues<TemplateKind>())
            foreach (var language in catalogue.Languages)
                Assert.Equal($"{language} {TemplateCatalogue.NameOf(kind)} default", catalogue.Choose(kind, [], [language]).Text);
    }

    [Fact]
    public void A_missing_kind_names_language_and_kind()
    {
        var file = File("de");
        var lacking = file with { Templates = file.Templates.Where(kind => kind.Key != "tooLong").ToDictionary() };

        var error = Assert.Throws<TemplateException>(() => new TemplateCatalogue([File("en"), lacking], Categories, "en"));

        Assert.Contains("de: \"tooLong\" has no \"default\" text", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void All_faults_come_in_one_message()
    {
        var wrong = new TemplateFile("fr", new Dictionary<string, IReadOnlyDictionary<string, string>>
        {
            ["questionBlockd"] = new Dictionary<string, string> { ["default"] = "text" },
            ["answerBlocked"] = new Dictionary<string, string> { ["default"] = " ", ["spam"] = "text", ["hate"] = new('x', 1001) },
        });

        var message = Assert.Throws<TemplateException>(() => new TemplateCatalogue([wrong], Categories, "en")).Message;

        Assert.Contains("kind \"questionBlockd\" is unknown", message, StringComparison.Ordinal);
        Assert.Contains("\"answerBlocked\" / \"default\" is empty", message, StringComparison.Ordinal);
        Assert.Contains("\"spam\" is no moderation category", message, StringComparison.Ordinal);
        Assert.Contains("longer than 1000 characters", message, StringComparison.Ordinal);
        Assert.Contains("default language \"en\"", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_language_in_two_files_is_an_error() =>
        Assert.Contains("two files", Assert.Throws<TemplateException>(() => new TemplateCatalogue([File("en"), File("EN")], Categories, "en")).Message, StringComparison.Ordinal);

    private static TemplateCatalogue Catalogue(params string[] languages) => new(languages.Select(File), Categories, "en");

    private static TemplateFile File(string language)
    {
        var kinds = Enum.GetValues<TemplateKind>().Select(TemplateCatalogue.NameOf).ToDictionary(
            kind => kind,
            kind => (IReadOnlyDictionary<string, string>)new Dictionary<string, string> { ["default"] = $"{language} {kind} default" });
        kinds["questionBlocked"] = new Dictionary<string, string>
        {
            ["default"] = $"{language} questionBlocked default",
            ["hate"] = $"{language} questionBlocked hate",
            ["self-harm"] = $"{language} questionBlocked self-harm",
        };
        return new TemplateFile(language, kinds);
    }
}
