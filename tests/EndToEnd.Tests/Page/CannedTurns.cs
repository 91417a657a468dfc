using System.Text.Json.Nodes;

namespace ChatLoop.EndToEnd.Tests.Page;

/// <summary>Bodies as the chat API's contract shapes them.</summary>
internal static class CannedTurns
{
    public const string ConversationId = "0123456789abcdef0123456789abcdef";

    public static JsonNode Answered(string question, string answer, string turnId = "turn-1") => Completed(question, answer, turnId, """
        "source": "model", "finishReason": "stop", "template": null,
        "moderation": {
          "question": { "flagged": false, "categories": [], "scores": { "harassment": 0.02 } },
          "answer": { "flagged": false, "categories": [], "scores": { "violence": 0.03 } }
        },
        "usage": { "inputTokens": 24, "outputTokens": 61, "totalTokens": 85 },
        """);

    public static JsonNode Blocked(string question, string answer, string turnId = "turn-1") => Completed(question, answer, turnId, """
        "source": "template", "finishReason": "content_filter",
        "template": { "kind": "questionBlocked", "category": "illicit", "language": "en" },
        "moderation": {
          "question": { "flagged": true, "categories": ["illicit", "violence"], "scores": { "illicit": 0.93, "violence": 0.72 } },
          "answer": null
        },
        "usage": null,
        """);

    /// <summary>Answered by two drafts.</summary>
    public static JsonNode Drafted(string question, string first, string second, string? choice = null)
    {
        var turn = Answered(question, first);
        turn["drafts"] = new JsonArray(new JsonObject { ["draftId"] = "a", ["text"] = first }, new JsonObject { ["draftId"] = "b", ["text"] = second });
        if (choice is not null)
            turn["choice"] = choice;
        return turn;
    }

    public static JsonNode Running(string question, string turnId = "turn-1")
    {
        var turn = Parse($$"""
            {
              "conversationId": "{{ConversationId}}", "turnId": "{{turnId}}", "status": "running",
              "statusUrl": "/api/chat/{{ConversationId}}/turns/{{turnId}}"
            }
            """);
        turn["question"] = question;
        return turn;
    }

    /// <summary>Following another turn than the one before it; null for none.</summary>
    public static JsonNode After(string? parentTurnId, JsonNode turn)
    {
        turn["parentTurnId"] = parentTurnId;
        return turn;
    }

    /// <summary>A part of the list of conversations, by ids and titles.</summary>
    public static JsonNode List(string? continuation, params (string Id, string Title)[] conversations) => new JsonObject
    {
        ["conversations"] = new JsonArray([.. conversations.Select(listed => new JsonObject
        {
            ["conversationId"] = listed.Id,
            ["title"] = listed.Title,
            ["createdAt"] = "2026-01-02T03:04:05Z",
        })]),
        ["continuation"] = continuation,
    };

    public static JsonNode Conversation(params JsonNode[] turns) => new JsonObject
    {
        ["conversationId"] = ConversationId,
        ["createdAt"] = "2026-01-02T03:04:05Z",
        ["turns"] = new JsonArray(turns),
    };

    public static JsonNode Error(string code, string message) =>
        new JsonObject { ["error"] = new JsonObject { ["code"] = code, ["message"] = message } };

    private static JsonNode Completed(string question, string answer, string turnId, string outcome)
    {
        var turn = Parse($$"""
            {
              "conversationId": "{{ConversationId}}", "turnId": "{{turnId}}", "status": "completed", {{outcome}}
              "timings": { "moderationMs": 1.3, "generationMs": 812.4, "totalMs": 861.0 },
              "acceptedAt": "2026-01-02T03:04:05Z", "answeredAt": "2026-01-02T03:04:06Z"
            }
            """);
        turn["question"] = question;
        turn["answer"] = answer;
        return turn;
    }

    private static JsonNode Parse(string json) => JsonNode.Parse(json)!;
}
