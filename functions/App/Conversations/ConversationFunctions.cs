using System.Globalization;
using ChatLoop.App.Chat;
using ChatLoop.App.Chat.Requests;
using ChatLoop.App.Chat.Views;
using ChatLoop.App.Storage;
using ChatLoop.App.Users;
using ChatLoop.Core.Conversations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace ChatLoop.App.Conversations;

/// <summary>A user's conversations: list and search, rename, delete, export.</summary>
public sealed class ConversationFunctions(
    CurrentUser user, ConversationStore conversations, ConversationList list, ConversationSearch search, ConversationRemoval removal, ILogger<ConversationFunctions> logger)
{
    private const int UsualPage = 50, LargestPage = 200, LongestSearch = 200;

    [Function("ListConversations")]
    public Task<IResult> ListAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/conversations")] HttpRequest http, CancellationToken cancellationToken) =>
        AnswerAsync(http, async () =>
        {
            var page = await search.ReadAsync(user.Read(http), Search(http), Limit(http), Continuation(http), cancellationToken);
            return Results.Json(page, ReadableJson.Types.ConversationPage);
        });

    [Function("RenameConversation")]
    public Task<IResult> RenameAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "patch", Route = "api/conversations/{conversationId}")] HttpRequest http, string conversationId, CancellationToken cancellationToken) =>
        AnswerAsync(http, async () =>
        {
            var title = Title(await JsonBody.ReadAsync(http, ReadableJson.Types.RenameRequest, cancellationToken));
            await ReadOwnAsync(http, conversationId, cancellationToken);
            var renamed = await conversations.ChangeExistingAsync(conversationId, stored => stored.Rename(title), cancellationToken) ?? throw NotFound();
            if (renamed.UserId is { } owner)
                await list.UpdateAsync(owner, renamed, cancellationToken);
            return Results.Json(new ListedConversation(renamed.Id, title, renamed.CreatedAt), ReadableJson.Types.ListedConversation);
        });

    [Function("DeleteConversation")]
    public Task<IResult> DeleteAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "api/conversations/{conversationId}")] HttpRequest http, string conversationId, CancellationToken cancellationToken) =>
        AnswerAsync(http, async () =>
        {
            var conversation = await FindOwnAsync(http, conversationId, cancellationToken);
            // A deletion that was cut off has left the entry: it must not stay in the list.
            if (conversation is null && Identifier.IsWellFormed(conversationId))
                await removal.RemoveAsync(user.Find(http), conversationId, cancellationToken);
            if (conversation is null)
                throw NotFound();
            await removal.RemoveAsync(conversation.UserId, conversation.Id, cancellationToken);
            logger.ConversationDeleted(conversation.Id, conversation.Turns.Count);
            return Results.NoContent();
        });

    [Function("ExportConversation")]
    public Task<IResult> ExportAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/conversations/{conversationId}/export")] HttpRequest http, string conversationId, CancellationToken cancellationToken) =>
        AnswerAsync(http, async () =>
        {
            var format = http.Query["format"].ToString();
            if (format is not ("json" or "markdown"))
                throw ChatRequestReader.Bad("invalid_format", "Name a format: ?format=json or ?format=markdown.");
            var conversation = await ReadOwnAsync(http, conversationId, cancellationToken);
            var last = http.Query["turnId"].ToString() is { Length: > 0 } turnId ? conversation.FindTurn(turnId) ?? throw NotFound() : conversation.Turns[^1];
            http.HttpContext.Response.Headers.ContentDisposition = $"attachment; filename=\"conversation-{conversation.Id[..8]}.{(format == "json" ? "json" : "md")}\"";
            return format == "json"
                ? Results.Json(TurnViews.Of(conversation), ReadableJson.Types.ConversationView)
                : Results.Text(ConversationMarkdown.Of(conversation, last), "text/markdown; charset=utf-8");
        });

    private async Task<IResult> AnswerAsync(HttpRequest http, Func<Task<IResult>> act)
    {
        ArgumentNullException.ThrowIfNull(http);
        http.HttpContext.Response.Headers.CacheControl = "no-store";
        try
        {
            return await act();
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

    private async Task<Conversation> ReadOwnAsync(HttpRequest http, string conversationId, CancellationToken cancellationToken) =>
        await FindOwnAsync(http, conversationId, cancellationToken) ?? throw NotFound();

    private async Task<Conversation?> FindOwnAsync(HttpRequest http, string conversationId, CancellationToken cancellationToken)
    {
        var userId = user.Find(http);
        var conversation = Identifier.IsWellFormed(conversationId) ? await conversations.FindAsync(conversationId, cancellationToken) : null;
        if (conversation is not null)
            ConversationOwner.Check(conversation, userId);
        return conversation;
    }

    private static string Title(RenameRequest request)
    {
        var title = string.Join(' ', (request.Title ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return title.Length is > 0 and <= ConversationTitle.Longest
            ? title
            : throw ChatRequestReader.Bad("invalid_title", $"title must have 1 to {ConversationTitle.Longest} characters; it has {title.Length}.");
    }

    private static string Search(HttpRequest http) => http.Query["search"].ToString() is { Length: <= LongestSearch } text
        ? text
        : throw ChatRequestReader.Bad("search_too_long", $"search may have {LongestSearch} characters.");

    private static int Limit(HttpRequest http)
    {
        if (http.Query["limit"].ToString() is not { Length: > 0 } text)
            return UsualPage;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit is > 0 and <= LargestPage
            ? limit
            : throw ChatRequestReader.Bad("out_of_range", $"limit must be a whole number from 1 to {LargestPage}.");
    }

    private static ListPosition? Continuation(HttpRequest http)
    {
        if (http.Query["continuation"].ToString() is not { Length: > 0 } text)
            return null;
        return ListPosition.TryParse(text, out var position)
            ? position
            : throw ChatRequestReader.Bad("invalid_continuation", "continuation must be one that the list before it bore; leave it out to start from the newest.");
    }

    private static ChatRequestException NotFound() => new(StatusCodes.Status404NotFound, "not_found", "There is no such conversation or turn.");
}
