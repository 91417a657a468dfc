using System.Text.Json.Serialization;
using ChatLoop.Core.Json;

namespace ChatLoop.Core.Moderation;

/// <summary>What becomes of a text that falls into a category.</summary>
[JsonConverter(typeof(EnumWords<ModerationAction>))]
public enum ModerationAction
{
    /// <summary>It does not pass: the category's own template answers.</summary>
    Block,

    /// <summary>It does not pass: the template that the rule names answers.</summary>
    Template,

    /// <summary>It passes without the sentences that fall into the category.</summary>
    Mask,

    /// <summary>It passes, and people look at it afterwards.</summary>
    Flag,

    /// <summary>It passes as if nothing had been found.</summary>
    Off,
}
