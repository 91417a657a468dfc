using System.Net;

namespace ChatLoop.EndToEnd.Tests;

/// <summary>Nothing that was accepted is lost. Only for an app that the test starts itself.</summary>
public sealed class CrashTests
{
    [SkippableFact]
    public async Task A_turn_that_was_accepted_before_a_kill_is_answered_after_the_restart()
    {
        Skip.If(Environment.GetEnvironmentVariable("CHATLOOP_BASE_ADDRESS") is { Length: > 0 }, "the app was not started by these tests");
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        var settings = OwnSettings.Create();
        // The POST answers 202 at once, so that the kill falls into the turn.
        settings["Chat__WaitTimeout"] = "00:00:00";
        var port = AppProcess.FreePort();
        string conversationId, turnId;

        await using (var first = await AppProcess.StartAsync(port, settings, patience.Token))
        {
            using var http = new HttpClient { BaseAddress = first.Address };
            var (status, reply) = await ChatApi.PostAsync(http, new { message = "Tell me a long story." }, cancellationToken: patience.Token);
            Assert.Equal(HttpStatusCode.Accepted, status);
            (conversationId, turnId) = (ChatApi.Text(reply, "conversationId"), ChatApi.Text(reply, "turnId"));
            Assert.Equal("running", ChatApi.Text(reply, "status"));
            Assert.Equal($"/api/chat/{conversationId}/turns/{turnId}", ChatApi.Text(reply, "statusUrl"));
            await first.KillAsync();
        }

        await using var second = await AppProcess.StartAsync(port, settings, patience.Token);
        using var again = new HttpClient { BaseAddress = second.Address };
        var turn = await ChatApi.FinishedTurnAsync(again, conversationId, turnId, patience.Token);
        Assert.NotEmpty(ChatApi.Text(turn, "answer"));
        Assert.Single((await ChatApi.ConversationAsync(again, conversationId))["turns"]!.AsArray());
    }
}
