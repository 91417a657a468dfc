using ChatLoop.Core.Privacy;
using FsCheck.Xunit;

namespace ChatLoop.Core.Tests.Privacy;

public sealed class PersonalDataTests
{
    // What rules look at, put together at random: plain random text has hardly any of it.
    private static readonly string[] Pieces =
    [
        "ana@example.org", "a.b+c@mail.example.co.uk", "4111 1111 1111 1111", "4111111111111111", "DE89 3704 0044 0532 0130 00", "GB82WEST12345698765432", "+49 30 1234567", "(555) 123-4567",
        "0171 1234567", "192.168.0.1", "2001:db8::1", "12 Example Street", "Musterstraße 5a", "P.O. Box 12", "@", ".", "-", "(", ")", "+", " ", ",", "/", ":", "::", "0", "7", "42", "123", "x", "É",
        "[", "]", "[PHONE]", "\n", "\uD83D", "St", "Main ",
    ];

    [Theory]
    [InlineData("Write to ana.b+c@mail.example.org.", "Write to [EMAIL].")]
    [InlineData("ana@bücher.de, Łukasz@przykład.pl", "[EMAIL], [EMAIL]")]
    [InlineData("DE89 3704 0044 0532 0130 00 is it", "[IBAN] is it")]
    [InlineData("pay GB82WEST12345698765432 AND tell me", "pay [IBAN] AND tell me")]
    [InlineData("nl91abna0417164300", "[IBAN]")]
    [InlineData("My server is 203.0.113.7:8080.", "My server is [IP]:8080.")]
    [InlineData("IP:203.0.113.7 or IP:2001:db8::17, at fe80::1: yes, ::ffff:203.0.113.7", "IP:[IP] or IP:[IP], at [IP]: yes, ::ffff:[IP]")]
    [InlineData("at 2001:db8:85a3::8a2e:370:7334 and fe80::1", "at [IP] and [IP]")]
    [InlineData("card 4111 1111 1111 1111 12/27", "card [CARD] 12/27")]
    [InlineData("5500-0000-0000-0004, 378282246310005", "[CARD], [CARD]")]
    [InlineData("call +49 (0)30 123456-78 or +15551234567", "call [PHONE] or [PHONE]")]
    [InlineData("(555) 123-4567, 555.123.4567, 1-800-555-0199", "[PHONE], [PHONE], [PHONE]")]
    [InlineData("0044 20 7946 0958; 020 7946 0958; 06 12 34 56 78; 0171/1234567", "[PHONE]; [PHONE]; [PHONE]; [PHONE]")]
    [InlineData("I live at 12b Old Mill Road, Apt 4, since May", "I live at [ADDRESS], since May")]
    [InlineData("1600 Pennsylvania Avenue, Washington, DC 20500", "[ADDRESS]")]
    [InlineData("350 5th Ave. is tall", "[ADDRESS] is tall")]
    [InlineData("Musterstraße 5a, 12345 Berlin; Berliner Str. 7", "[ADDRESS]; [ADDRESS]")]
    [InlineData("Berliner Str. 7 In May, Berliner Str. 7 a", "[ADDRESS] In May, [ADDRESS]")]
    [InlineData("P.O. Box 123", "[ADDRESS]")]
    public void Personal_data_is_masked(string text, string masked) => Assert.Equal(masked, PersonalData.Mask(text).Text);

    [Theory]
    [InlineData("In 2024 there were 1,000,000 of 3.14159265358979 in 10-12 groups.")]
    [InlineData("2024-01-02 10:30:45, 01.02.2024 10:30, 12/31/1999")]
    [InlineData("4111 1111 1111 1112")] // Luhn fails
    [InlineData("DE88 3704 0044 0532 0130 00")] // check digits fail
    [InlineData("XX82WEST12345698765432")] // no country
    [InlineData("127.0.0.1, ::1, 0.0.0.0, 255.255.255.0, 300.1.1.1, 1.2.3.4.5")]
    [InlineData("std::vector<int> a[1::2] 12:30:45 00:1A:2B:3C:4D:5E")]
    [InlineData("ISBN 0-306-40615-2 and 0.123456789")]
    [InlineData("@ana me@home 5 @ 3.99")]
    [InlineData("the road to 5 streets, 3 way Street")]
    [InlineData("f(x) = 2x + 12345678 - 7")]
    [InlineData("")]
    public void What_is_no_personal_data_stays(string text) => Assert.Equal(text, PersonalData.Mask(text).Text);

    [Fact]
    public void What_was_found_is_counted()
    {
        var masked = PersonalData.Mask("a@b.de, c@d.fr and 203.0.113.7");

        Assert.Equal(new Dictionary<PersonalDataKind, int> { [PersonalDataKind.Email] = 2, [PersonalDataKind.IpAddress] = 1 }, masked.Found);
        Assert.Empty(PersonalData.Mask("nothing").Found);
    }

    [Property]
    public void Any_text_is_taken_and_masking_again_changes_nothing(string? text)
    {
        var masked = PersonalData.Mask(text ?? "").Text;
        Assert.Equal(masked, PersonalData.Mask(masked).Text);
    }

    [Property(MaxTest = 500)]
    public void Pieces_of_personal_data_in_any_order_are_masked_once_and_for_all(int seed)
    {
        var random = new Random(seed);
        var text = string.Concat(random.GetItems(Pieces, random.Next(1, 30)));

        var masked = PersonalData.Mask(text);

        var again = PersonalData.Mask(masked.Text);
        Assert.Equal(masked.Text, again.Text);
        Assert.Empty(again.Found);
    }

    [Property]
    public void An_address_between_spaces_is_always_masked(int seed)
    {
        var random = new Random(seed);
        string[] words = ["the", "is", "at", "Ana", "blue", "when", "asked"];
        var text = $"{string.Join(' ', random.GetItems(words, 5))} ana@example.org {string.Join(' ', random.GetItems(words, 5))} 4111111111111111 {words[random.Next(words.Length)]}";

        var masked = PersonalData.Mask(text).Text;

        Assert.DoesNotContain('@', masked);
        Assert.DoesNotContain(masked, char.IsDigit);
    }
}
