using System.Globalization;
using System.Text;

namespace ChatLoop.Training.ModelCards;

/// <summary>What the model cards write alike.</summary>
internal static class CardText
{
    /// <summary>Appends a line, numbers as English writes them on every machine.</summary>
    public static void Line(this StringBuilder card, FormattableString text) => card.Append(text.ToString(CultureInfo.InvariantCulture)).Append('\n');

    /// <summary>A set's own words as a quotation; its headings must not become the card's.</summary>
    public static string Quoted(string notice) => "> " + notice.Replace("\n", "\n> ", StringComparison.Ordinal).Replace("> # ", "> **Set:** ", StringComparison.Ordinal);
}
