using System.Globalization;
using System.Net;
using System.Text;

namespace ChatLoop.Training.Reporting;

/// <summary>A page in the making. Whatever is put into a line's braces is encoded, format strings there are not heeded, so that no text of a model or a data set becomes markup.</summary>
internal sealed class Html
{
    private readonly StringBuilder _text = new();

    public void Line(FormattableString text)
    {
        var encoded = text.GetArguments().Select(a => (object)WebUtility.HtmlEncode(Convert.ToString(a, CultureInfo.InvariantCulture) ?? ""));
        _text.Append(string.Format(CultureInfo.InvariantCulture, text.Format, [.. encoded])).Append('\n');
    }

    /// <summary>Markup of our own, such as a drawing.</summary>
    public void Raw(string markup) => _text.Append(markup).Append('\n');

    /// <summary>A table that scrolls by itself where the screen is narrow.</summary>
    /// <param name="numbers">How many of the last columns hold numbers.</param>
    public void Table(IReadOnlyList<string> head, IEnumerable<IReadOnlyList<string>> rows, int numbers = 0)
    {
        Raw("<div class=\"wide\"><table><thead><tr>");
        Cells("th", head);
        Raw("</tr></thead><tbody>");
        foreach (var row in rows)
        {
            Raw("<tr>");
            Cells("td", row);
            Raw("</tr>");
        }

        Raw("</tbody></table></div>");

        void Cells(string tag, IReadOnlyList<string> cells)
        {
            foreach (var (i, cell) in cells.Index()) Raw($"<{tag}{(i >= cells.Count - numbers ? " class=\"n\"" : "")}>{WebUtility.HtmlEncode(cell)}</{tag}>");
        }
    }

    public override string ToString() => _text.ToString();
}
