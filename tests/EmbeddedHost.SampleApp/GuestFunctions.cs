using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace SampleApp;

public sealed class GuestFunctions(Guestbook guestbook)
{
    [Function("Invite")]
    public static Invitation Invite([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "invite/{name}")] HttpRequest request, string name) =>
        new(Results.Accepted(), name);

    [Function("Arrive")]
    public void Arrive([QueueTrigger("guests")] string name) => guestbook.Sign(name);

    [Function("Guests")]
    public IEnumerable<string> Guests([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request) => guestbook.Guests;
}

public sealed record Invitation([property: HttpResult] IResult Response, [property: QueueOutput("guests")] string Guest);
