using ChatLoop.Core.Moderation;

namespace ChatLoop.App.Tests.Moderation;

/// <summary>Puts texts into categories by the words in them; broken, it judges nothing.</summary>
internal sealed class Words(params (string Word, string Category)[] words) : IModerator
{
    /// <summary>The direction that it cannot judge.</summary>
    public ModerationDirection? Broken { get; init; }

    public ValueTask<ModerationVerdict> ModerateAsync(string text, ModerationDirection direction, CancellationToken cancellationToken = default)
    {
        if (direction == Broken)
            throw new InvalidOperationException("broken");
        string[] categories = [.. words.Where(word => text.Contains(word.Word, StringComparison.Ordinal)).Select(word => word.Category).Except(ModerationSignal.All)];
        var scores = words.Where(word => text.Contains(word.Word, StringComparison.Ordinal)).DistinctBy(word => word.Category).ToDictionary(word => word.Category, _ => 0.9);
        return ValueTask.FromResult(new ModerationVerdict(categories.Length > 0, categories, scores, [], "words"));
    }
}
