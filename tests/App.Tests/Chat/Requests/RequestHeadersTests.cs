using ChatLoop.App.Chat.Requests;
using Microsoft.AspNetCore.Http;

namespace ChatLoop.App.Tests.Chat.Requests;

public sealed class RequestHeadersTests
{
    [Theory]
    [InlineData("de-AT, en;q=0.5, fr;q=0.8", "de-AT fr en")]
    [InlineData("*, pl;q=0.1", "pl")]
    [InlineData("en;q=0, it", "it")]
    [InlineData("", "")]
    [InlineData("this is no list of languages;;;", "")]
    public void Languages_come_in_the_readers_order(string header, string languages)
    {
        var request = new DefaultHttpContext().Request;
        request.Headers.AcceptLanguage = header;

        Assert.Equal(languages, string.Join(' ', RequestHeaders.Languages(request)));
    }

    [Fact]
    public void A_request_without_a_key_has_none() => Assert.Null(RequestHeaders.IdempotencyKey(new DefaultHttpContext().Request));

    [Theory]
    [InlineData("")]
    [InlineData("two words")]
    [InlineData("schlüssel")]
    public void A_key_that_is_none_is_refused(string key)
    {
        var request = new DefaultHttpContext().Request;
        request.Headers["Idempotency-Key"] = key;

        Assert.Equal("invalid_idempotency_key", Assert.Throws<ChatRequestException>(() => RequestHeaders.IdempotencyKey(request)).Code);
    }
}
