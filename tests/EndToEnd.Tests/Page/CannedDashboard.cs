using System.Text.Json.Nodes;

namespace ChatLoop.EndToEnd.Tests.Page;

/// <summary>Bodies as the administrator's overview and the failed messages are shaped.</summary>
internal static class CannedDashboard
{
    public const string Overview = "GET api/admin/overview";
    public const string Failed = "GET api/admin/failed?state=waiting";
    public const string FailedId = "0f3c9a";

    public static CannedSite Site() => new CannedSite().On(Overview, 200, Full()).On(Failed, 200, Messages());

    public static CannedSite EmptySite() => new CannedSite()
        .On(Overview, 200, Parse("""
            {
              "tasks": { "open": 0, "leased": 0, "submitted": 0, "closed": 0 }, "byKind": {}, "throughput": [],
              "agreement": { "krippendorffAlpha": null, "pairwise": null, "ratings": { "helpful": null, "honest": null, "harmless": null }, "modelVersusPeople": null, "labelers": [] },
              "at": "2026-11-17T12:00:00Z", "queues": [], "disagreements": [], "feedback": { "thumbUp": 0, "thumbDown": 0, "preference": 0, "correction": 0 }, "datasets": []
            }
            """))
        .On(Failed, 200, Parse("""{ "messages": [] }"""));

    public static JsonNode Full()
    {
        var overview = Parse("""
            {
              "tasks": { "open": 18, "leased": 3, "submitted": 9, "closed": 142 },
              "at": "2026-11-17T12:00:00Z",
              "byKind": { "rank": 120, "rate": 30, "write": 14, "flag": 8 },
              "agreement": {
                "krippendorffAlpha": 0.712, "pairwise": 0.834, "ratings": { "helpful": 0.81, "honest": 0.69, "harmless": 0.41 }, "modelVersusPeople": 0.68,
                "labelers": [
                  { "labeler": "ann", "tasks": 61, "meanTauB": 0.74, "pValue": 0.00001, "isAtChance": false, "gold": { "tasks": 9, "meanTau": 0.91 } },
                  { "labeler": "ben", "tasks": 55, "meanTauB": 0.66, "pValue": 0.0004, "isAtChance": false, "gold": { "tasks": 7, "meanTau": 0.8 } },
                  { "labeler": "coin-flipper", "tasks": 48, "meanTauB": -0.03, "pValue": 0.62, "isAtChance": true, "gold": { "tasks": 6, "meanTau": -0.1 } },
                  { "labeler": "new-here", "tasks": 2, "meanTauB": null, "pValue": null, "isAtChance": null, "gold": null }
                ]
              },
              "queues": [
                { "queue": "feedback", "messages": 2, "oldestAgeSeconds": 4, "poison": 0 },
                { "queue": "labeling-tasks", "messages": 31, "oldestAgeSeconds": 8040, "poison": 2 },
                { "queue": "reward-labeling", "messages": 0, "oldestAgeSeconds": null, "poison": 0 }
              ],
              "disagreements": [ { "taskId": "3fa1c0ffee3fa1c0ffee3fa1c0ffee00", "tau": -0.67 }, { "taskId": "77a1c0ffee3fa1c0ffee3fa1c0ffee00", "tau": -0.33 } ],
              "feedback": { "thumbUp": 214, "thumbDown": 61, "preference": 88, "correction": 12 },
              "datasets": [
                { "id": "20261101-a", "created": "2026-11-01T09:00:00Z", "comparisons": 120, "demonstrations": 11, "ratings": 30, "users": 14 },
                { "id": "20261108-b", "created": "2026-11-08T09:00:00Z", "comparisons": 310, "demonstrations": 19, "ratings": 54, "users": 22 },
                { "id": "20261115-c", "created": "2026-11-15T09:00:00Z", "comparisons": 642, "demonstrations": 37, "ratings": 91, "users": 35 }
              ]
            }
            """);
        int[] submissions = [4, 9, 0, 17, 22, 13, 8, 19, 31, 27, 24, 6, 11, 35];
        // Days on which nobody submitted are left out, as the API does.
        overview["throughput"] = new JsonArray([.. submissions.Select((count, day) => new JsonObject
        {
            ["day"] = $"2026-11-{day + 4:00}",
            ["submissions"] = count,
            ["labelers"] = Math.Min(count, 3),
        }).Where(day => day["submissions"]!.GetValue<int>() > 0)]);
        return overview;
    }

    private static JsonNode Messages() => Parse($$"""
        {
          "messages": [
            {
              "id": "{{FailedId}}", "queue": "labeling-tasks", "state": "waiting", "reasons": ["The prompt is empty: a task needs at least one message.", "K is 12; 2 to 9 answers are drafted."],
              "message": { "schema": 1, "id": "t-1", "prompt": [], "k": 12 }, "dequeueCount": 1, "times": 3,
              "firstSeen": "2026-11-17T08:00:00Z", "lastSeen": "2026-11-17T09:30:00Z", "note": null
            },
            {
              "id": "bbbb", "queue": "feedback", "state": "waiting", "reasons": ["The message is not JSON."], "message": "{ broken <b>", "dequeueCount": 1, "times": 1,
              "firstSeen": "2026-11-17T07:00:00Z", "lastSeen": "2026-11-17T07:00:00Z", "note": null
            }
          ]
        }
        """);

    private static JsonNode Parse(string json) => JsonNode.Parse(json)!;
}
