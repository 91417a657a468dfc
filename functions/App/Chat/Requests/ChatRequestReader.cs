using System.Text.Json;
using ChatLoop.App.Conversations;
using ChatLoop.App.Storage;
using ChatLoop.Core.Conversations;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace ChatLoop.App.Chat.Requests;

/// <summary>Reads and checks the body of a question.</summary>
public sealed class ChatRequestReader(IOptions<TurnOptions> options)
{
    // A character takes up to six bytes when escaped; the options fit beside any message.
    private int LargestBody => (options.Value.MaxMessageLength * 6) + 16_384;

    /// <exception cref="ChatRequestException">The body is not a question as the API takes it.</exception>
    internal async Task<ChatRequest> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (!request.HasJsonContentType())
            throw new ChatRequestException(StatusCodes.Status415UnsupportedMediaType, "unsupported_media_type", "Send the question as JSON, with the header Content-Type: application/json.");
        var question = Read(await RequestBody.ReadAsync(request, LargestBody, cancellationToken, $"; a message may have {options.Value.MaxMessageLength} characters"));
        return RequestHeaders.AsksForEvents(request) ? question with { Stream = true } : question;
    }

    internal ChatRequest Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var json = JsonDocument.Parse(body, new JsonDocumentOptions { AllowDuplicateProperties = false });
            return Read(json.RootElement);
        }
        // The second: a string with half of a surrogate pair, which only shows when it is read.
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw Bad("invalid_json", "The body is not valid JSON (in UTF-8).");
        }
    }

    private ChatRequest Read(JsonElement body)
    {
        if (body.ValueKind != JsonValueKind.Object)
            throw Bad("invalid_type", "The body must be an object: { \"message\": \"…\" }.");
        string? message = null, conversationId = null, parent = null;
        AnswerOptions? answerOptions = null;
        var (stream, stopOnDisconnect) = (false, false);
        foreach (var field in body.EnumerateObject())
        {
            switch (field.Name)
            {
                case "message":
                    message = Message(field.Value);
                    break;
                case "conversationId":
                    conversationId = ConversationId(field.Value);
                    break;
                case "parentTurnId":
                    parent = ParentTurnId(field.Value);
                    break;
                case "options":
                    answerOptions = AnswerOptionsReader.Read(field.Value);
                    break;
                case "stream":
                    stream = Flag(field);
                    break;
                case "stopOnDisconnect":
                    stopOnDisconnect = Flag(field);
                    break;
                default:
                    throw Bad("unknown_field", $"'{Cut(field.Name)}' is unknown; the body takes message, conversationId, parentTurnId, options, stream and stopOnDisconnect.");
            }
        }

        if (parent is not null && conversationId is null)
            throw Bad("invalid_parent_turn_id", "parentTurnId names a turn of a conversation: say of which, by conversationId.");
        return new ChatRequest(message ?? throw Bad("missing_message", "message is missing: the question, as text."), conversationId, answerOptions ?? new AnswerOptions())
        {
            Parent = parent,
            Stream = stream,
            StopOnDisconnect = stopOnDisconnect,
        };
    }

    private string Message(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.String)
            throw Bad("invalid_type", "message must be text.");
        var message = value.GetString()!;
        if (string.IsNullOrWhiteSpace(message))
            throw Bad("missing_message", "message is empty: ask something.");
        return message.Length <= options.Value.MaxMessageLength
            ? message
            : throw Bad("message_too_long", $"message has {message.Length} characters; at most {options.Value.MaxMessageLength} are allowed.");
    }

    private static bool Flag(JsonProperty field) => field.Value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False or JsonValueKind.Null => false,
        _ => throw Bad("invalid_type", $"{field.Name} must be true or false."),
    };

    private static string? ConversationId(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.String when Identifier.IsWellFormed(value.GetString()!) => value.GetString(),
        _ => throw Bad("invalid_conversation_id", "conversationId must be one that an answer bore (32 digits from 0 to 9 and a to f); leave it out to start a conversation."),
    };

    private static string? ParentTurnId(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.String when value.GetString() is { } id && (id == Turn.Root || Identifier.IsWellFormed(id)) => id,
        _ => throw Bad("invalid_parent_turn_id", $"parentTurnId must be the turnId of the turn to follow, or \"{Turn.Root}\" to begin the conversation anew; leave it out to go on from the last turn."),
    };

    internal static string Cut(string text) => text.Length <= 64 ? text : text[..64] + "…";

    internal static ChatRequestException Bad(string code, string message) => new(StatusCodes.Status400BadRequest, code, message);
}
