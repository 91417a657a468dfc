using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ChatLoop.App.Poison;

internal static class FailedMessageViews
{
    public static FailedMessageView Of(FailedMessage message, byte[] body) => new(
        message.Id, message.Queue, message.State, message.Reasons, Read(body), message.DequeueCount, message.Times, message.FirstSeen, message.LastSeen, message.Note);

    private static JsonNode? Read(byte[] body)
    {
        try
        {
            return JsonNode.Parse(body);
        }
        catch (JsonException)
        {
            return JsonValue.Create(Encoding.UTF8.GetString(body));
        }
    }
}
