using ChatLoop.App.Chat.Requests;
using ChatLoop.App.Chat.Views;
using ChatLoop.App.Users;
using Microsoft.AspNetCore.Http;

namespace ChatLoop.App.Labeling.Requests;

/// <summary>What all routes of labelers have in common: who asks, and what is answered where a request is wrong.</summary>
public sealed class LabelerRequests(CurrentUser user)
{
    internal async Task<IResult> AnswerAsync(HttpRequest http, Func<string, Task<IResult>> answer)
    {
        try
        {
            return await answer(user.Read(http));
        }
        catch (UserIdException e)
        {
            return UnknownUser.Result(e);
        }
        catch (ChatRequestException e)
        {
            return ErrorView.Result(e.Status, e.Code, e.Message);
        }
    }
}
