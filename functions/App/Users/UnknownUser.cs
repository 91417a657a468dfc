using ChatLoop.App.Chat.Views;
using Microsoft.AspNetCore.Http;

namespace ChatLoop.App.Users;

/// <summary>The answer to a request of which it is not known who asks.</summary>
internal static class UnknownUser
{
    public static IResult Result(UserIdException e) => ErrorView.Result(StatusCodes.Status401Unauthorized, "unknown_user", e.Message);
}
