using System.Text.Json.Serialization;
using ChatLoop.Core.Json;

namespace ChatLoop.Core.Moderation;

/// <summary>What becomes of a text with personal data.</summary>
[JsonConverter(typeof(EnumWords<PersonalDataAction>))]
public enum PersonalDataAction
{
    /// <summary>It passes as it is, and nobody looks for any.</summary>
    Off,

    /// <summary>It passes with a placeholder in the data's place; what was there is stored nowhere.</summary>
    Mask,

    /// <summary>It passes as it is, and people look at it afterwards.</summary>
    Flag,

    /// <summary>It does not pass.</summary>
    Block,
}
