using System.Text.Json;
using ChatLoop.App.Chat;
using ChatLoop.App.Chat.Requests;
using ChatLoop.Core.Conversations;
using Microsoft.Extensions.Options;

namespace ChatLoop.App.OpenAi.Completions;

/// <summary>Reads and checks the body of a request for chat completions.</summary>
public sealed class CompletionReader(IOptions<TurnOptions> turns, IOptions<OpenAiOptions> options)
{
    /// <exception cref="OpenAiException">The request is not as the contract has it, or asks for something that is not done here.</exception>
    internal CompletionRequest Read(JsonElement body)
    {
        string? model = null;
        Messages? messages = null;
        var (answer, choices, stream, includeUsage) = (new AnswerOptions(), 1, false, false);
        foreach (var field in body.EnumerateObject())
        {
            var value = field.Value;
            // null stands for the default, as if the parameter were left out.
            if (value.ValueKind == JsonValueKind.Null || OtherParameters.Accept(field.Name, value))
                continue;
            switch (field.Name)
            {
                case "model":
                    model = Parameters.Text("model", value);
                    break;
                case "messages":
                    messages = MessageReader.Read(value, turns.Value.MaxMessageLength, turns.Value.MaxAnswerLength);
                    break;
                case "n":
                    choices = (int)Parameters.Integer("n", value, 1, options.Value.MostChoices);
                    break;
                case "stream":
                    stream = Parameters.Flag("stream", value);
                    break;
                case "stream_options":
                    includeUsage = StreamUsage(value);
                    break;
                default:
                    answer = SamplingParameters.Read(answer, field.Name, value)
                        ?? throw OpenAiException.Bad(ChatRequestReader.Cut(field.Name), "unknown_parameter", $"Unrecognized request argument supplied: {ChatRequestReader.Cut(field.Name)}");
                    break;
            }
        }

        if (model is null)
            throw OpenAiException.Bad("model", "missing_required_parameter", "you must provide a model parameter");
        if (messages is null)
            throw OpenAiException.Bad("messages", "missing_required_parameter", "Missing required parameter: 'messages'.");
        if (body.TryGetProperty("stream_options", out var given) && given.ValueKind != JsonValueKind.Null && !stream)
            throw OpenAiException.Bad("stream_options", "invalid_value", "The 'stream_options' parameter is only allowed when 'stream' is true.");
        if (body.TryGetProperty("max_completion_tokens", out var most) && most.ValueKind != JsonValueKind.Null)
            answer = SamplingParameters.Read(answer, "max_completion_tokens", most)!;
        return new CompletionRequest(model, new ChatRequest(messages.Question, null, answer) { Prelude = messages.Prelude, Stream = stream }, choices, messages.Characters)
        {
            Stream = stream,
            IncludeUsage = includeUsage,
        };
    }

    private static bool StreamUsage(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Object)
            throw Parameters.WrongType("stream_options", "an object");
        var include = false;
        foreach (var field in value.EnumerateObject())
        {
            // Padding against eavesdroppers on the line is a server's choice.
            if (field.Name == "include_usage" && field.Value.ValueKind != JsonValueKind.Null)
                include = Parameters.Flag("stream_options.include_usage", field.Value);
            else if (field.Name is not ("include_usage" or "include_obfuscation"))
                throw OpenAiException.Bad($"stream_options.{ChatRequestReader.Cut(field.Name)}", "unknown_parameter", "Unknown parameter: stream_options takes include_usage.");
        }

        return include;
    }
}
