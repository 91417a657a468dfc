using System.Collections.Frozen;
using System.Text;

namespace ChatLoop.Core.Moderation;

/// <summary>
/// What looks like a Latin letter or a figure, and the letter or figure that it looks like. Written out, because string.Normalize
/// leaves text as it is under invariant globalisation, and a moderator must not depend on the host's ICU.
/// </summary>
internal static class Homoglyphs
{
    // Each line: the letter, then its lookalikes in other scripts (Unicode TR39 confusables) and its strokes and small capitals.
    private static readonly string[] Lookalikes =
    [
        "aаӓαɑᴀ",
        "bьβʙɓ",
        "cсᴄ",
        "dԁđðᴅɗ",
        "eеёєεəɛᴇэ",
        "fꜰ",
        "gɡɢց",
        "hнһħʜհ",
        "iіїιıɩɪ",
        "jјᴊ",
        "kкκᴋ",
        "lӏłʟ",
        "mмᴍ",
        "nηɴոп",
        "oоοσøᴏօɔө",
        "pрρᴘþ",
        "qԛ",
        "rгʀ",
        "sѕςꜱß",
        "tтτᴛŧ",
        "uυμᴜս",
        "vνᴠѵ",
        "wωԝᴡшѡ",
        "xхχ",
        "yуγʏү",
        "zᴢʐ",
    ];

    // Each line: the letter or figure, then the characters whose compatibility decomposition (NFKD) is it, marks aside.
    private static readonly string[] Decompositions =
    [
        "0⁰₀",
        "1¹₁",
        "2²₂",
        "3³₃",
        "4⁴₄",
        "5⁵₅",
        "6⁶₆",
        "7⁷₇",
        "8⁸₈",
        "9⁹₉",
        "aªàáâãäåāăąǎǟǡǻȁȃȧᴬᵃḁạảấầẩẫậắằẳẵặₐÅ",
        "bᴮᵇḃḅḇℬ",
        "cçćĉċčḉℂℭ",
        "dďᴰᵈḋḍḏḑḓⅅⅆ",
        "eèéêëēĕėęěȅȇȩᴱᵉḕḗḙḛḝẹẻẽếềểễệₑℯℰⅇ",
        "fḟℱ",
        "gĝğġģǧǵᴳᵍḡℊ",
        "hĥȟʰᴴḣḥḧḩḫẖₕℋℌℍℎ",
        "iìíîïĩīĭįİǐȉȋᴵᵢḭḯỉịⁱℐℑℹⅈ",
        "jĵǰʲᴶⅉ",
        "kķǩᴷᵏḱḳḵₖK",
        "lĺļľᴸḷḹḻḽₗℒℓ",
        "mᴹᵐḿṁṃₘℳ",
        "nñńņňǹᴺṅṇṉṋⁿₙℕ",
        "oºòóôõöōŏőơǒǫǭȍȏȫȭȯȱᴼᵒṍṏṑṓọỏốồổỗộớờởỡợₒℴ",
        "pᴾᵖṕṗₚℙ",
        "qℚ",
        "rŕŗřȑȓʳᴿᵣṙṛṝṟℛℜℝ",
        "sśŝşšſșṡṣṥṧṩẛₛ",
        "tţťțᵀᵗṫṭṯṱẗₜ",
        "uùúûüũūŭůűųưǔǖǘǚǜȕȗᵁᵘᵤṳṵṷṹṻụủứừửữự",
        "vᵛᵥṽṿ",
        "wŵʷᵂẁẃẅẇẉẘ",
        "xẋẍₓ",
        "yýÿŷȳʸẏẙỳỵỷỹ",
        "zźżžẑẓẕℤℨ",
    ];

    private static readonly FrozenDictionary<char, char> Map = Lookalikes.Concat(Decompositions)
        .SelectMany(line => line.Skip(1).Select(lookalike => (lookalike, line[0])))
        .DistinctBy(pair => pair.lookalike)
        .ToFrozenDictionary(pair => pair.lookalike, pair => pair.Item2);

    /// <summary>The lower-case ASCII letter or figure behind a character; null when there is none.</summary>
    public static char? ToLatin(Rune rune) => rune.Value switch
    {
        < 0x80 => Rune.IsLetterOrDigit(rune) ? char.ToLowerInvariant((char)rune.Value) : null,
        >= 0xFF21 and <= 0xFF3A => Letter(rune.Value - 0xFF21), // fullwidth
        >= 0xFF41 and <= 0xFF5A => Letter(rune.Value - 0xFF41),
        >= 0xFF10 and <= 0xFF19 => Figure(rune.Value - 0xFF10),
        >= 0x24B6 and <= 0x24E9 => Letter(rune.Value - 0x24B6), // circled
        >= 0x1D400 and <= 0x1D6A3 => Letter(rune.Value - 0x1D400), // mathematical alphabets, 13 times upper and lower case
        >= 0x1D7CE and <= 0x1D7FF => Figure(rune.Value - 0x1D7CE),
        >= 0x1F130 and <= 0x1F149 => Letter(rune.Value - 0x1F130), // squared
        >= 0x1F150 and <= 0x1F169 => Letter(rune.Value - 0x1F150),
        >= 0x1F170 and <= 0x1F189 => Letter(rune.Value - 0x1F170),
        > 0xFFFF => null,
        _ => Map.TryGetValue((char)Rune.ToLowerInvariant(rune).Value, out var latin) ? latin : null,
    };

    private static char Letter(int place) => (char)('a' + (place % 26));

    private static char Figure(int place) => (char)('0' + (place % 10));
}
