using ChatLoop.App.Users;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace ChatLoop.App.Tests.Users;

public sealed class CurrentUserTests
{
    [Theory]
    [InlineData(false, "X-User-Id", "ann")]
    [InlineData(true, "X-MS-CLIENT-PRINCIPAL-ID", "ann")]
    // A header that anybody can send says nothing where users sign in, and the other way round.
    [InlineData(true, "X-User-Id", null)]
    [InlineData(false, "X-MS-CLIENT-PRINCIPAL-ID", null)]
    public void A_user_is_who_the_setting_lets_say_so(bool signedIn, string header, string? expected) =>
        Assert.Equal(expected, User(signedIn).Find(Request(header, "ann")));

    [Theory]
    [InlineData("a b")]
    [InlineData("../ann")]
    [InlineData("Ä")]
    public void An_id_that_is_none_is_refused(string id) => Assert.Throws<UserIdException>(() => User(false).Find(Request("X-User-Id", id)));

    [Fact]
    public void Nobody_is_told_how_to_be_somebody() =>
        Assert.Contains("X-User-Id", Assert.Throws<UserIdException>(() => User(false).Read(new DefaultHttpContext().Request)).Message, StringComparison.Ordinal);

    private static CurrentUser User(bool signedIn) => new(Options.Create(new UserOptions { SignedIn = signedIn }));

    private static HttpRequest Request(string header, string id)
    {
        var request = new DefaultHttpContext().Request;
        request.Headers[header] = id;
        return request;
    }
}
