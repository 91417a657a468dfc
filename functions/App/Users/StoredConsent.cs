namespace ChatLoop.App.Users;

/// <summary>What a user last said of the use of their data for training.</summary>
internal sealed record StoredConsent(string UserId, bool AllowDataUse, DateTimeOffset At);
