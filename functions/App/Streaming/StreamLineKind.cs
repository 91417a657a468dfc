using System.Text.Json.Serialization;

namespace ChatLoop.App.Streaming;

[JsonConverter(typeof(JsonStringEnumConverter<StreamLineKind>))]
internal enum StreamLineKind
{
    /// <summary>An attempt at the answer begins.</summary>
    [JsonStringEnumMemberName("begin")]
    Begin,

    /// <summary>Text that passed moderation together with what stands before it.</summary>
    [JsonStringEnumMemberName("text")]
    Text,

    /// <summary>This attempt writes another answer than the one before: what was released so far no longer stands.</summary>
    [JsonStringEnumMemberName("reset")]
    Reset,

    /// <summary>Somebody asked for the end of the turn.</summary>
    [JsonStringEnumMemberName("stop")]
    Stop,

    /// <summary>The turn has its reply; nothing after this line counts.</summary>
    [JsonStringEnumMemberName("end")]
    End,
}
