using System.Text.Encodings.Web;
using System.Text.Json;

namespace ChatLoop.App;

/// <summary><see cref="AppJson"/>, with umlauts and quotes as they are: nothing of it is ever put into HTML.</summary>
internal static class ReadableJson
{
    public static AppJson Types { get; } = new(new JsonSerializerOptions(AppJson.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
