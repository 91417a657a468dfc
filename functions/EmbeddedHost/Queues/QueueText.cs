using System.Buffers.Text;
using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;

namespace Microsoft.Azure.Functions.Worker.Queues;

/// <summary>Between payloads and the texts that a Storage queue holds.</summary>
internal static class QueueText
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The payload of a message's text; false when it should be base64 and is not.</summary>
    public static bool TryDecode(string text, bool base64, [NotNullWhen(true)] out BinaryData? payload)
    {
        if (!base64)
        {
            payload = BinaryData.FromString(text);
            return true;
        }
        // Convert would allow white space, which the service's own clients never write but do accept: so do we.
        payload = Base64.IsValid(text) ? BinaryData.FromBytes(Convert.FromBase64String(text)) : null;
        return payload is not null;
    }

    public static string Encode(BinaryData payload, bool base64) => base64 ? Convert.ToBase64String(payload) : Utf8.GetString(payload);

    /// <summary>The messages that one output value stands for: itself, or each item of a list.</summary>
    public static IEnumerable<BinaryData> Messages(object value) => value switch
    {
        string text => [BinaryData.FromString(text)],
        byte[] bytes => [BinaryData.FromBytes(bytes)],
        BinaryData data => [data],
        // A dictionary is an object in JSON, any other sequence is several messages.
        IEnumerable items when value is not IDictionary && value is not JsonDocument => items.Cast<object?>().Where(i => i is not null).SelectMany(i => Messages(i!)),
        _ => [BinaryData.FromBytes(JsonSerializer.SerializeToUtf8Bytes(value, value.GetType(), JsonSerializerOptions.Web))],
    };
}
