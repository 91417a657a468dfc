using System.Net;
using System.Text.Json.Nodes;

namespace ChatLoop.EndToEnd.Tests;

/// <summary>An answer that is read while it is written. Only for an app that the test starts itself.</summary>
public sealed class StreamTests
{
    [SkippableFact]
    public async Task A_stream_that_a_kill_cut_off_is_read_on_from_the_next_process_and_a_stop_ends_a_turn_with_what_was_shown()
    {
        Skip.If(Environment.GetEnvironmentVariable("CHATLOOP_BASE_ADDRESS") is { Length: > 0 }, "the app was not started by these tests");
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        var settings = OwnSettings.Create();
        var port = AppProcess.FreePort();
        EventReader cut;

        await using (var first = await AppProcess.StartAsync(port, settings, patience.Token))
        {
            using var http = new HttpClient { BaseAddress = first.Address };
            cut = await EventReader.AskAsync(http, "Tell me a long story.", patience.Token);
            while (cut.Text.Length == 0)
                Assert.True(await cut.ReadAsync(patience.Token), "The stream ended without text.");
            await first.KillAsync();
            cut.Dispose();
        }

        await using var second = await AppProcess.StartAsync(port, settings, patience.Token);
        using var again = new HttpClient { BaseAddress = second.Address };
        using var rest = await EventReader.FollowAsync(again, cut, patience.Token);
        while (rest.Done is null)
            Assert.True(await rest.ReadAsync(patience.Token), "The stream ended before the turn.");

        Assert.Equal(ChatApi.Text(rest.Done, "answer"), rest.Text);
        Assert.Equal(rest.Done.ToJsonString(), (await ChatApi.FinishedTurnAsync(again, cut.ConversationId, cut.TurnId, patience.Token)).ToJsonString());

        using var stopped = await EventReader.AskAsync(again, "Tell me another long story.", patience.Token);
        while (stopped.Text.Length == 0)
            Assert.True(await stopped.ReadAsync(patience.Token), "The stream ended without text.");
        var end = await StopAsync(again, stopped, patience.Token);
        while (stopped.Done is null)
            Assert.True(await stopped.ReadAsync(patience.Token), "The stream ended before the turn.");

        Assert.Equal(end.ToJsonString(), stopped.Done.ToJsonString());
        Assert.Equal(ChatApi.Text(end, "answer"), stopped.Text);
        Assert.Equal("stopped", ChatApi.Text(end, "finishReason"));
        Assert.Equal(end.ToJsonString(), (await StopAsync(again, stopped, patience.Token)).ToJsonString());
    }

    private static async Task<JsonNode> StopAsync(HttpClient http, EventReader turn, CancellationToken cancellationToken)
    {
        using var response = await http.DeleteAsync($"/api/chat/{turn.ConversationId}/turns/{turn.TurnId}", cancellationToken);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return JsonNode.Parse(await response.Content.ReadAsStringAsync(cancellationToken))!;
    }
}
