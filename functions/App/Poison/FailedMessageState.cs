using System.Text.Json.Serialization;
using ChatLoop.Core.Json;

namespace ChatLoop.App.Poison;

[JsonConverter(typeof(EnumWords<FailedMessageState>))]
public enum FailedMessageState
{
    /// <summary>For somebody to look at it.</summary>
    Waiting,

    /// <summary>Put back on its queue, as it was or repaired.</summary>
    Requeued,

    /// <summary>Somebody decided that it is not wanted, and said why.</summary>
    Discarded,
}
