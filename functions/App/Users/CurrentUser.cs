using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace ChatLoop.App.Users;

/// <summary>Who asks.</summary>
public sealed class CurrentUser(IOptions<UserOptions> options)
{
    internal const string NamedHeader = "X-User-Id";
    internal const string SignedInHeader = "X-MS-CLIENT-PRINCIPAL-ID";
    internal const int LongestId = 128;

    internal string Header => options.Value.SignedIn ? SignedInHeader : NamedHeader;

    internal static bool IsId(string id) => id.Length is > 0 and <= LongestId && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or '@');

    /// <summary>The id of the user; null where the request names none.</summary>
    /// <exception cref="UserIdException">The id is none.</exception>
    internal string? Find(HttpRequest request)
    {
        var id = request.Headers[Header].ToString();
        if (id.Length == 0)
            return null;
        return IsId(id)
            ? id
            : throw new UserIdException($"{Header} must be an id of 1 to {LongestId} letters, digits and - _ . @.");
    }

    /// <exception cref="UserIdException">The request names nobody, or the id is none.</exception>
    internal string Read(HttpRequest request) => Find(request)
        ?? throw new UserIdException(options.Value.SignedIn ? "Sign in first: this needs to know who you are." : $"Send the header {Header}: this needs to know who you are.");
}
