using ChatLoop.App.Chat.Requests;
using ChatLoop.App.Chat.Views;
using ChatLoop.App.Conversations;
using ChatLoop.App.Labeling;
using ChatLoop.App.Storage;
using ChatLoop.App.Users;
using ChatLoop.App.Users.Purging;
using ChatLoop.Core.Conversations;
using ChatLoop.Core.Feedback;
using ChatLoop.Core.Moderation;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ChatLoop.App.Moderation.Review;

/// <summary>The reports of a blocked turn: POST says that it was blocked by mistake, GET tells what came of that.</summary>
public sealed class ReportTurn(
    CurrentUser user, ConversationStore conversations, ReportStore reports, LabelingTaskStore tasks, PurgeStore purges, MessageSender sender, IOptions<ReviewOptions> options, TimeProvider time, ILogger<ReportTurn> logger)
{
    private const string Address = "api/conversations/{conversationId}/turns/{turnId}/reports";

    [Function(nameof(ReportTurn))]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Address)] HttpRequest http, string conversationId, string turnId, CancellationToken cancellationToken) =>
        AnswerAsync(http, async userId =>
        {
            var comment = await ReportReader.ReadCommentAsync(http, cancellationToken);
            var (turn, direction) = await BlockedTurns.FindAsync(conversations, conversationId, turnId, userId, cancellationToken);
            // From here on a client that goes away stops nothing.
            var report = await KeepAsync(turn, direction, conversationId, userId, comment);
            // A purge that began in between has perhaps counted already.
            if (await purges.CoversAsync(userId, report.At, CancellationToken.None))
                await reports.PurgeAsync(userId, CancellationToken.None);
            return Results.Json(await reports.ShowAsync(report, CancellationToken.None), ReadableJson.Types.ReportView, statusCode: StatusCodes.Status202Accepted);
        });

    [Function("ReadReport")]
    public Task<IResult> ReadAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Address)] HttpRequest http, string conversationId, string turnId, CancellationToken cancellationToken) =>
        AnswerAsync(http, async userId => await reports.FindAsync(userId, turnId, cancellationToken) is { } report && report.ConversationId == conversationId
            ? Results.Json(await reports.ShowAsync(report, cancellationToken), ReadableJson.Types.ReportView)
            : ErrorView.Result(StatusCodes.Status404NotFound, "not_found", "You have not reported such a turn."));

    /// <summary>For administrators.</summary>
    [Function("ListReports")]
    public async Task<IResult> ListAsync([HttpTrigger(AuthorizationLevel.Function, "get", Route = "api/admin/reports")] HttpRequest http, CancellationToken cancellationToken)
    {
        var views = new List<ReportView>();
        foreach (var report in (await reports.AllAsync(cancellationToken).ToListAsync(cancellationToken)).OrderByDescending(report => report.At))
            views.Add(await reports.ShowAsync(report, cancellationToken));
        return Results.Json(new ReportList(views), ReadableJson.Types.ReportList);
    }

    private async Task<StoredReport> KeepAsync(Turn turn, ModerationDirection direction, string conversationId, string userId, string? comment)
    {
        var answer = direction == ModerationDirection.Answer ? turn.Withheld : null;
        var request = FlagTasks.Request(FlagTasks.OfReport, turn.Id, turn.Question, answer, userId, options.Value.Labelers, time.GetUtcNow());
        var judged = direction == ModerationDirection.Question ? turn.Reply!.Moderation.Question : turn.Reply!.Moderation.Answer;
        var taskId = QueueContracts.LabelingTasks.Key(request);
        // The row first: after a crash, the same report again sends what is missing.
        var report = await reports.KeepAsync(new StoredReport(userId, conversationId, turn.Id, taskId, direction, judged?.Categories ?? [], comment, request.At), CancellationToken.None);
        if (await tasks.FindAsync(taskId) is null)
            await sender.SendAsync(QueueContracts.LabelingTasks, request with { At = report.At }, CancellationToken.None);
        logger.TurnReported(turn.Id, direction.ToString(), taskId);
        return report;
    }

    private async Task<IResult> AnswerAsync(HttpRequest http, Func<string, Task<IResult>> answer)
    {
        ArgumentNullException.ThrowIfNull(http);
        try
        {
            http.HttpContext.Response.Headers.CacheControl = "no-store";
            return await answer(user.Read(http));
        }
        catch (ChatRequestException e)
        {
            logger.RequestRefused(e.Code);
            return ErrorView.Result(e.Status, e.Code, e.Message);
        }
        catch (UserIdException e)
        {
            return UnknownUser.Result(e);
        }
    }
}
