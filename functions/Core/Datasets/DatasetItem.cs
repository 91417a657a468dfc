namespace ChatLoop.Core.Datasets;

/// <summary>What a version keeps or leaves out as a whole.</summary>
/// <param name="PromptKey">Equal for prompts that are duplicates.</param>
/// <param name="DuplicateKey">Equal for items of which only the first is kept.</param>
/// <param name="At">When it came. With the id it says which of duplicates is the first, whatever the order of delivery.</param>
/// <param name="Prefix">Of the folder, if it is trained on.</param>
/// <param name="Lines">JSON records.</param>
internal sealed record DatasetItem(string UserId, string PromptKey, string DuplicateKey, DateTimeOffset At, string Id, string Prefix, string File, IReadOnlyList<string> Lines);
