namespace ChatLoop.App.ApiKeys;

/// <summary>All keys, the newest first.</summary>
internal sealed record ApiKeyList(IReadOnlyList<ApiKeyView> Keys);
