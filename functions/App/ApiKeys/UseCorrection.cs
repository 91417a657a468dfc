namespace ChatLoop.App.ApiKeys;

/// <summary>How many tokens more (or fewer) a request took than were set aside for it in these windows.</summary>
internal sealed record UseCorrection(DateTimeOffset Minute, DateTimeOffset Day, long Tokens);
