using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace ChatLoop.App.Users;

/// <summary>GET /api/users/me/export: everything that is stored of a user, as one JSON document.</summary>
public sealed class ExportUser(CurrentUser user, IEnumerable<IUserData> kinds, TimeProvider time)
{
    [Function(nameof(ExportUser))]
    public async Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/users/me/export")] HttpRequest http, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(http);
        try
        {
            var userId = user.Read(http);
            var document = new JsonObject { ["userId"] = userId, ["exportedAt"] = time.GetUtcNow() };
            foreach (var kind in kinds)
                document[kind.Kind] = await kind.ExportAsync(userId, cancellationToken);
            http.HttpContext.Response.Headers.CacheControl = "no-store";
            http.HttpContext.Response.Headers.ContentDisposition = "attachment; filename=\"chatloop-export.json\"";
            return Results.Json(document, ReadableJson.Types.JsonObject);
        }
        catch (UserIdException e)
        {
            return UnknownUser.Result(e);
        }
    }
}
