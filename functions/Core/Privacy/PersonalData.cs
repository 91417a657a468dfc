using System.Text;

namespace ChatLoop.Core.Privacy;

/// <summary>
/// Finds personal data by rules and puts a placeholder of its kind in their place. README.md beside this file says what the rules
/// cannot find. Masking what is masked changes nothing; each pass is linear in the text.
/// </summary>
public static class PersonalData
{
    // Addresses with signs of their own first: the figures in them are no phone numbers.
    private static readonly (PersonalDataKind Kind, string Placeholder, Func<string, int, Span?> Find)[] Rules =
    [
        (PersonalDataKind.Email, "[EMAIL]", EmailRule.Find),
        (PersonalDataKind.Iban, "[IBAN]", IbanRule.Find),
        (PersonalDataKind.IpAddress, "[IP]", IpAddressRule.Find),
        (PersonalDataKind.PaymentCard, "[CARD]", PaymentCardRule.Find),
        (PersonalDataKind.Phone, "[PHONE]", PhoneRule.Find),
        (PersonalDataKind.StreetAddress, "[ADDRESS]", StreetAddressRule.Find),
    ];

    /// <param name="kinds">Which kinds are masked; null for all.</param>
    public static MaskedText Mask(string text, IReadOnlyCollection<PersonalDataKind>? kinds = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        var found = new SortedDictionary<PersonalDataKind, int>();
        // A placeholder can lay bare what stood against it, so passes go on until one finds nothing. Each replaces figures or an @, so they end.
        for (var before = ""; before != text;)
        {
            before = text;
            foreach (var (kind, placeholder, find) in Rules)
                if (kinds?.Contains(kind) != false) text = Replace(text, kind, placeholder, find, found);
        }

        return new MaskedText(text, found);
    }

    /// <summary>The start of the personal data that a place is within; the place itself where it is in none.</summary>
    internal static int StartAround(string text, int from, int place)
    {
        var start = place;
        foreach (var (_, _, find) in Rules)
        {
            for (var at = from; find(text, at) is { } span && span.Start < place; at = span.End)
                if (span.End > place) start = Math.Min(start, span.Start);
        }

        return start;
    }

    private static string Replace(string text, PersonalDataKind kind, string placeholder, Func<string, int, Span?> find, SortedDictionary<PersonalDataKind, int> found)
    {
        StringBuilder? masked = null;
        var at = 0;
        while (find(text, at) is { } span)
        {
            (masked ??= new StringBuilder(text.Length)).Append(text, at, span.Start - at).Append(placeholder);
            found[kind] = found.GetValueOrDefault(kind) + 1;
            at = span.End;
        }

        return masked is null ? text : masked.Append(text, at, text.Length - at).ToString();
    }
}
