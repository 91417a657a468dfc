using System.Net;
using System.Text.Json.Nodes;

namespace ChatLoop.EndToEnd.Tests.Loop;

/// <summary>A labeler's work, over the API.</summary>
internal static class Ranking
{
    /// <summary>Takes one task after the other until there is none.</summary>
    /// <returns>How many there were.</returns>
    public static async Task<int> AllAsync(Person labeler, Func<JsonNode, int[]> ranksOf, CancellationToken cancellationToken)
    {
        for (var done = 0; ; done++)
        {
            var (status, body) = await labeler.SendAsync(HttpMethod.Get, "/api/labeling/next", cancellationToken: cancellationToken);
            if (status == HttpStatusCode.NoContent)
                return done;
            Assert.True(status == HttpStatusCode.OK, $"{(int)status}: {body}");
            var task = body!["task"]!;
            await labeler.PostAsync($"/api/labeling/tasks/{ChatApi.Text(task, "taskId")}/submissions", new { id = $"submission-{done}", ranks = ranksOf(task) }, cancellationToken);
        }
    }
}
