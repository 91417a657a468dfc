using System.Text.Json;
using ChatLoop.App.Chat.Views;
using ChatLoop.Core.Labeling.Tasks;
using Microsoft.AspNetCore.Http;

namespace ChatLoop.App.Labeling.Requests;

/// <summary>Refusals of moves as HTTP knows them.</summary>
internal static class Refusals
{
    /// <param name="decision">Null where there is no such task.</param>
    public static IResult Result(TaskDecision? decision) => decision is null
        ? ErrorView.Result(StatusCodes.Status404NotFound, "not_found", "There is no such task.")
        : ErrorView.Result(Status(decision.Refusal!.Value), JsonNamingPolicy.SnakeCaseLower.ConvertName($"{decision.Refusal}"), decision.Reason!);

    private static int Status(TaskRefusal refusal) => refusal switch
    {
        TaskRefusal.Closed => StatusCodes.Status410Gone,
        TaskRefusal.Invalid => StatusCodes.Status422UnprocessableEntity,
        _ => StatusCodes.Status409Conflict,
    };
}
