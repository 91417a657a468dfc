using System.Text.Encodings.Web;
using System.Text.Json;

namespace ChatLoop.App.OpenAi;

/// <summary><see cref="OpenAiJsonContext"/>, with umlauts and quotes as they are: nothing of it is ever put into HTML.</summary>
internal static class OpenAiJson
{
    public static OpenAiJsonContext Types { get; } = new(new JsonSerializerOptions(OpenAiJsonContext.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
