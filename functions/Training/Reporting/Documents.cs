using Markdig;
using Markdig.Parsers.Inlines;

namespace ChatLoop.Training.Reporting;

/// <summary>A stage's Markdown document as a part of the page. A model's own words may stand in it: none of them becomes markup, a link or a picture.</summary>
internal static class Documents
{
    private static readonly MarkdownPipeline Pipeline = Build();

    public static string Html(string markdown) =>
        Markdown.ToHtml(markdown, Pipeline)
            .Replace("<h1>", "<h3>", StringComparison.Ordinal).Replace("</h1>", "</h3>", StringComparison.Ordinal)
            .Replace("<table>", "<div class=\"wide\"><table>", StringComparison.Ordinal).Replace("</table>", "</table></div>", StringComparison.Ordinal);

    private static MarkdownPipeline Build()
    {
        var builder = new MarkdownPipelineBuilder().UsePipeTables().DisableHtml();
        builder.InlineParsers.TryRemove<LinkInlineParser>();
        builder.InlineParsers.TryRemove<AutolinkInlineParser>();
        return builder.Build();
    }
}
