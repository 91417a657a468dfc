using System.Text.Json.Serialization;

namespace ChatLoop.Core.Conversations;

[JsonConverter(typeof(JsonStringEnumConverter<ReplySource>))]
public enum ReplySource
{
    [JsonStringEnumMemberName("model")]
    Model,

    [JsonStringEnumMemberName("template")]
    Template,
}
