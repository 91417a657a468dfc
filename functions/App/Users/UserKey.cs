using ChatLoop.App.Storage;

namespace ChatLoop.App.Users;

/// <summary>A user's partition in every table: the id itself may have signs that keys may not.</summary>
internal static class UserKey
{
    public static string Of(string userId) => Identifier.From($"user {userId}");
}
