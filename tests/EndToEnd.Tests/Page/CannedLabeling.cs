using System.Text.Json.Nodes;

namespace ChatLoop.EndToEnd.Tests.Page;

/// <summary>Bodies as the labeling API's contract shapes them.</summary>
internal static class CannedLabeling
{
    public const string TaskId = "3fa1c0ffee3fa1c0ffee3fa1c0ffee00";

    public const string Next = "GET api/labeling/next";
    public const string Leases = "GET api/labeling/leases";
    public const string Progress = "GET api/labeling/progress";
    public const string Submit = $"POST api/labeling/tasks/{TaskId}/submissions";
    public const string Skip = $"POST api/labeling/tasks/{TaskId}/skip";

    public static readonly string[] FourAnswers =
    [
        "A volcano is an opening in the earth's crust through which molten rock, ash and gases escape. It builds up over thousands of years from the material that it throws out.",
        "A volcano is a mountain.",
        "Volcanoes are mountains that spit fire. They are hot inside, and sometimes they wake up and throw out lava, which is rock that has melted. When the lava cools it turns to stone again, and so the mountain grows.",
        "I do not know what a volcano is, but I like mountains.",
    ];

    /// <summary>A site with one task, which the labeler does not hold yet, and nothing after it.</summary>
    public static CannedSite Site(JsonNode? task) => new CannedSite()
        .On(Leases, 200, JsonNode.Parse("""{ "tasks": [] }"""))
        .On(Next, task is null ? 204 : 200, task)
        .On(Progress, 200, JsonNode.Parse("""{ "submitted": 12, "skipped": 1, "held": 1, "open": 27 }"""))
        .On("GET api/labeling/guidelines", 200, Guidelines());

    public static JsonNode Task(string kind, string[] answers, DateTimeOffset? until = null) => new JsonObject
    {
        ["task"] = new JsonObject
        {
            ["taskId"] = TaskId,
            ["kind"] = kind,
            ["prompt"] = JsonNode.Parse("""
                [
                  { "role": "user", "content": "My daughter asks about the earth." },
                  { "role": "assistant", "content": "How lovely. What would she like to know?" },
                  { "role": "user", "content": "What is a volcano? She is six years old." }
                ]
                """),
            ["answers"] = new JsonArray([.. answers.Select(text => new JsonObject { ["text"] = text })]),
            ["labelers"] = 3,
            ["submissions"] = 1,
        },
        ["lease"] = new JsonObject { ["until"] = (until ?? DateTimeOffset.UtcNow.AddMinutes(29)).ToString("O") },
    };

    public static JsonNode Accepted(string state, params double[] scores)
    {
        var accepted = new JsonObject { ["accepted"] = true, ["task"] = new JsonObject { ["taskId"] = TaskId, ["state"] = state } };
        if (scores.Length > 0)
            accepted["reward"] = new JsonObject { ["model"] = "chatloop-reward-1", ["scores"] = new JsonArray([.. scores.Select(score => JsonValue.Create(score))]) };
        return accepted;
    }

    private static JsonObject Guidelines() => new()
    {
        ["rank"] = """
            # Ranking

            Put the answer on top that you would rather have **received yourself**.

            1. *Helpful*: it does what the person wanted.
            2. *Honest*: it says nothing false.
            3. *Harmless*: it hurts nobody.

            > Where two are equally good, tie them.

            See `A` and `B`, or [the paper](https://arxiv.org/abs/2203.02155). <img src=x onerror="window.attacked = true">
            """,
        ["rate"] = "# Rating\n\nEach answer by itself.",
        ["write"] = "# Writing\n\n- Short sentences.\n- No lists where a sentence does.",
        ["flag"] = "# Flagging\n\nFlag what is there, not what could be meant.",
    };
}
