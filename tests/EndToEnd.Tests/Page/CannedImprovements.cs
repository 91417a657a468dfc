using System.Text.Json.Nodes;

namespace ChatLoop.EndToEnd.Tests.Page;

/// <summary>Bodies as the improvements' and the models' routes shape them.</summary>
internal static class CannedImprovements
{
    public const string List = "GET api/improvements";
    public const string Models = "GET api/models";
    public const string RunId = "run-2";
    public const string Read = $"GET api/improvements/{RunId}";
    public const string Decide = $"POST api/improvements/{RunId}/approval";

    /// <summary>A site with two runs, of which the later one is this.</summary>
    public static CannedSite Site(JsonNode run) => new CannedSite()
        .On(List, 200, new JsonObject { ["improvements"] = new JsonArray(Held(), run.DeepClone()) })
        .On(Read, 200, run)
        .On("GET api/improvements/run-1", 200, Held())
        .On(Models, 200, Versions("a1b2c3d4e5f60718"));

    public static CannedSite EmptySite() => new CannedSite()
        .On(List, 200, Parse("""{ "improvements": [] }"""))
        .On(Models, 200, Parse("""{ "current": "shipped", "serving": "shipped", "versions": [ { "version": "shipped", "name": null, "publishedAt": null, "origin": null, "bytes": null } ] }"""));

    public static JsonNode Training() => Run("running", """
        { "name": "dataset", "status": "done", "startedAt": "2026-11-20T09:00:00Z", "endedAt": "2026-11-20T09:00:42Z", "message": "642 comparisons, 37 demonstrations, 91 ratings of 35 users." },
        { "name": "training", "status": "running", "startedAt": "2026-11-20T09:00:42Z", "endedAt": null, "message": null },
        { "name": "gates", "status": "pending", "startedAt": null, "endedAt": null, "message": null },
        { "name": "approval", "status": "pending", "startedAt": null, "endedAt": null, "message": null },
        { "name": "publication", "status": "pending", "startedAt": null, "endedAt": null, "message": null },
        { "name": "serving", "status": "pending", "startedAt": null, "endedAt": null, "message": null }
        """);

    public static JsonNode Awaiting()
    {
        var run = Run("awaitingApproval", """
            { "name": "dataset", "status": "done", "startedAt": "2026-11-20T09:00:00Z", "endedAt": "2026-11-20T09:00:42Z", "message": "642 comparisons, 37 demonstrations, 91 ratings of 35 users." },
            { "name": "training", "status": "done", "startedAt": "2026-11-20T09:00:42Z", "endedAt": "2026-11-20T09:18:12Z", "message": null },
            { "name": "gates", "status": "done", "startedAt": "2026-11-20T09:18:12Z", "endedAt": "2026-11-20T09:18:13Z", "message": null },
            { "name": "approval", "status": "running", "startedAt": "2026-11-20T09:18:13Z", "endedAt": null, "message": null },
            { "name": "publication", "status": "pending", "startedAt": null, "endedAt": null, "message": null },
            { "name": "serving", "status": "pending", "startedAt": null, "endedAt": null, "message": null }
            """);
        Measure(run, gatesPassed: true);
        return run;
    }

    public static JsonNode Decided()
    {
        var run = Awaiting();
        run["status"] = "completed";
        run["modelVersion"] = "ffee0011aabb2233";
        run["approval"] = Parse("""{ "decision": "approve", "by": "ann", "at": "2026-11-20T10:00:00Z", "comment": "Reads better." }""");
        return run;
    }

    public static JsonNode Versions(string current) => Parse($$"""
        {
          "current": "{{current}}", "serving": "{{current}}",
          "versions": [
            { "version": "a1b2c3d4e5f60718", "name": "chatloop-small-ppo-7", "publishedAt": "2026-11-13T10:00:00Z", "origin": { "runId": "run-1", "baseVersion": "shipped", "datasetId": "d1" }, "bytes": 52428800 },
            { "version": "shipped", "name": null, "publishedAt": null, "origin": null, "bytes": null }
          ]
        }
        """);

    private static JsonNode Held()
    {
        var run = Run("held", """
            { "name": "dataset", "status": "done", "startedAt": "2026-11-13T09:00:00Z", "endedAt": "2026-11-13T09:00:30Z", "message": null },
            { "name": "training", "status": "done", "startedAt": "2026-11-13T09:00:30Z", "endedAt": "2026-11-13T09:15:00Z", "message": null },
            { "name": "gates", "status": "failed", "startedAt": "2026-11-13T09:15:00Z", "endedAt": "2026-11-13T09:15:01Z", "message": "The win rate's lower end is 0.44; it must be above 0.5." }
            """);
        run["runId"] = "run-1";
        run["startedAt"] = "2026-11-13T09:00:00Z";
        run["reason"] = null;
        run["message"] = "A gate was not passed, so nothing is published.";
        Measure(run, gatesPassed: false);
        return run;
    }

    private static void Measure(JsonNode run, bool gatesPassed)
    {
        run["report"] = Parse("""
            {
              "formatVersion": 1, "recipe": "small", "baseModel": { "name": "chatloop-small", "hash": "aa" }, "model": { "name": "chatloop-small-ppo-8", "hash": "bb" },
              "rewardAccuracy": { "value": 0.731, "n": 412, "lengthBaseline": 0.55 }, "judgeAccuracy": null,
              "winRate": { "value": 0.624, "low": 0.561, "high": 0.683, "n": 240, "judge": "cc" }, "kl": 6.2,
              "moderation": { "flaggedShareBefore": 0.021, "flaggedShareAfter": 0.017, "n": 240 }, "seconds": 1050
            }
            """);
        run["gates"] = Parse($$"""
            [
              { "name": "rewardAccuracy", "passed": true, "value": 0.731, "limit": 0.6, "message": "The reward model orders 0.731 of the held-out comparisons as people did; at least 0.6 are asked for." },
              { "name": "winRate", "passed": {{(gatesPassed ? "true" : "false")}}, "value": {{(gatesPassed ? "0.561" : "0.44")}}, "limit": 0.5, "message": "It must be above 0.5." },
              { "name": "moderation", "passed": true, "value": -0.004, "limit": 0.01, "message": "At most 0.01 is allowed." },
              { "name": "kl", "passed": true, "value": 6.2, "limit": 20, "message": "At most 20 is allowed." }
            ]
            """);
    }

    private static JsonNode Run(string status, string stages) => Parse($$"""
        {
          "runId": "{{RunId}}", "status": "{{status}}", "startedAt": "2026-11-20T09:00:00Z", "endedAt": null, "by": "ann", "reason": "Shorter answers", "message": null,
          "stages": [ {{stages}} ], "baseVersion": "a1b2c3d4e5f60718", "dataset": "20261115-c", "report": null, "gates": [], "approval": null, "modelVersion": null
        }
        """);

    private static JsonNode Parse(string json) => JsonNode.Parse(json)!;
}
