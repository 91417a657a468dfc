using Microsoft.AspNetCore.Http;

namespace ChatLoop.App.Chat.Views;

/// <summary>What is wrong with a request: a code for programs, a sentence for people.</summary>
internal sealed record ErrorView(ErrorView.Detail Error)
{
    public static IResult Result(int status, string code, string message) =>
        Results.Json(new ErrorView(new Detail(code, message)), ReadableJson.Types.ErrorView, statusCode: status);

    internal sealed record Detail(string Code, string Message);
}
