using System.Text.Json.Serialization;
using ChatLoop.Core.Json;

namespace ChatLoop.Core.Privacy;

[JsonConverter(typeof(EnumWords<PersonalDataKind>))]
public enum PersonalDataKind
{
    Email,
    Iban,
    IpAddress,
    PaymentCard,
    Phone,
    StreetAddress,
}
