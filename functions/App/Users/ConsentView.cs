namespace ChatLoop.App.Users;

/// <summary>Whether a user lets their data be used for training.</summary>
internal sealed record ConsentView(bool AllowDataUse);
