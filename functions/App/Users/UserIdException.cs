namespace ChatLoop.App.Users;

/// <summary>It is not known who asks; the message says what to do. Answered as 401.</summary>
public sealed class UserIdException(string message) : Exception(message);
