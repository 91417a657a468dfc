using System.Text;
using System.Text.Json;
using ChatLoop.App.Chat.Requests;
using ChatLoop.Core.Conversations;

namespace ChatLoop.App.OpenAi.Completions;

/// <summary>
/// Makes a conversation of a list of messages: system messages go to its beginning, messages of one side in a row are one, and the
/// last must be the user's. What an assistant says before the user says anything answers no question, and is left out.
/// </summary>
internal static class MessageReader
{
    private const int MostMessages = 1_000;
    private const string Between = "\n\n";

    /// <exception cref="OpenAiException">The messages are no conversation, or hold more than text.</exception>
    public static Messages Read(JsonElement value, int longestQuestion, int longestMessage)
    {
        if (value.ValueKind != JsonValueKind.Array)
            throw Parameters.WrongType("messages", "an array of messages");
        if (value.GetArrayLength() is 0 or > MostMessages)
            throw Parameters.OutOfRange("messages", $"1 to {MostMessages} messages");

        var (system, question, answer) = (new StringBuilder(), new StringBuilder(), new StringBuilder());
        var exchanges = new List<Exchange>();
        var (characters, last) = (0, "");
        foreach (var (index, message) in value.EnumerateArray().Index())
        {
            var (role, text) = Message($"messages[{index}]", message);
            characters += text.Length;
            if (text.Length > longestMessage)
                throw TooLong($"messages[{index}].content", text.Length, longestMessage);
            if (role == "user" && answer.Length > 0)
                Close();
            if (role == "system")
                Append(system, text);
            else if (role == "user")
                Append(question, text);
            else if (question.Length > 0)
                Append(answer, text);
            last = role == "system" ? last : role;
        }

        if (last != "user" || string.IsNullOrWhiteSpace(question.ToString()))
            throw OpenAiException.Bad("messages", "invalid_value", "The last message must be the user's, and hold the question.");
        if (question.Length > longestQuestion)
            throw TooLong("messages", question.Length, longestQuestion);
        return new Messages(question.ToString(), new Prelude(system.Length > 0 ? system.ToString() : null, exchanges), characters);

        void Close()
        {
            exchanges.Add(new Exchange(question.ToString(), answer.ToString()));
            question.Clear();
            answer.Clear();
        }
    }

    private static void Append(StringBuilder texts, string text) => texts.Append(texts.Length > 0 ? Between : "").Append(text);

    private static (string Role, string Text) Message(string name, JsonElement message)
    {
        if (message.ValueKind != JsonValueKind.Object)
            throw Parameters.WrongType(name, "an object with role and content");
        string? role = null, text = null;
        foreach (var field in message.EnumerateObject())
        {
            switch (field.Name)
            {
                case "role":
                    role = Role($"{name}.role", field.Value);
                    break;
                case "content" when field.Value.ValueKind != JsonValueKind.Null:
                    text = Text($"{name}.content", field.Value);
                    break;
                // A message that an answer bore is sent back as it came, with all that it holds; a name says who of several users speaks.
                case "content" or "name" or "refusal" or "annotations" or "audio" or "tool_calls" or "function_call" when IsEmpty(field.Value) || field.Name == "name":
                    break;
                default:
                    throw OpenAiException.Unsupported($"{name}.{ChatRequestReader.Cut(field.Name)}", "messages have a role and a text as content.");
            }
        }

        return (
            role ?? throw OpenAiException.Bad($"{name}.role", "missing_required_parameter", $"Missing required parameter: '{name}.role'."),
            text ?? throw OpenAiException.Bad($"{name}.content", "missing_required_parameter", $"Missing required parameter: '{name}.content'."));
    }

    private static string Role(string name, JsonElement value) => Parameters.Text(name, value) switch
    {
        "system" or "developer" => "system",
        "user" => "user",
        "assistant" => "assistant",
        var other => throw OpenAiException.Bad(name, "invalid_value", $"Invalid value for '{name}': '{ChatRequestReader.Cut(other)}'; there are system, developer, user and assistant."),
    };

    private static string Text(string name, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.String)
            return value.GetString()!;
        if (value.ValueKind != JsonValueKind.Array)
            throw Parameters.WrongType(name, "a string or an array of text parts");
        return string.Concat(value.EnumerateArray().Select((part, index) => TextParts.Read($"{name}[{index}]", part)));
    }

    private static bool IsEmpty(JsonElement value) => value.ValueKind == JsonValueKind.Null || (value.ValueKind == JsonValueKind.Array && value.GetArrayLength() == 0);

    private static OpenAiException TooLong(string param, int length, int most) =>
        OpenAiException.Bad(param, "context_length_exceeded", $"'{param}' has {length} characters; at most {most} are allowed here.");
}
