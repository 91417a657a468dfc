using System.Net;
using System.Text.Json.Nodes;

namespace ChatLoop.EndToEnd.Tests;

/// <summary>An answer that is read while it is written. Only for an app that the test starts itself.</summary>
public sealed class StreamTests
{
    private const int Attempts = 20;

    [SkippableFact]
    public async Task A_stream_that_a_kill_cut_off_is_read_on_from_the_next_process_and_a_stop_ends_a_turn_with_what_was_shown()
    {
        Skip.If(Environment.GetEnvironmentVariable("CHATLOOP_BASE_ADDRESS") is { Length: > 0 }, "the app was not started by these tests");
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        var settings = OwnSettings.Create();
        // Each chunk is written before the next: in small ones, an answer takes longer to release than a stop to arrive.
        settings["Streaming__ChunkCharacters"] = "8";
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

        Assert.True(await IsStoppedAsync(again, patience.Token), $"In {Attempts} attempts no stop arrived before its answer was whole.");
    }

    /// <summary>The model may be done before the stop arrives: then there is nothing to stop, and another question is asked.</summary>
    private static async Task<bool> IsStoppedAsync(HttpClient http, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            using var turn = await EventReader.AskAsync(http, "Tell me another long story.", cancellationToken);
            while (turn.Text.Length == 0)
                Assert.True(await turn.ReadAsync(cancellationToken), "The stream ended without text.");
            var end = await StopAsync(http, turn, cancellationToken);
            while (turn.Done is null)
                Assert.True(await turn.ReadAsync(cancellationToken), "The stream ended before the turn.");

            Assert.Equal(end.ToJsonString(), turn.Done.ToJsonString());
            Assert.Equal(ChatApi.Text(end, "answer"), turn.Text);
            Assert.Equal(end.ToJsonString(), (await StopAsync(http, turn, cancellationToken)).ToJsonString());
            if (ChatApi.Text(end, "finishReason") == "stopped")
                return true;
        }

        return false;
    }

    private static async Task<JsonNode> StopAsync(HttpClient http, EventReader turn, CancellationToken cancellationToken)
    {
        using var response = await http.DeleteAsync($"/api/chat/{turn.ConversationId}/turns/{turn.TurnId}", cancellationToken);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return JsonNode.Parse(await response.Content.ReadAsStringAsync(cancellationToken))!;
    }
}
