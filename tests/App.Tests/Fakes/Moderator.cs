using ChatLoop.Core.Moderation;

namespace ChatLoop.App.Tests.Fakes;

/// <summary>Flags what contains a word.</summary>
internal sealed class Moderator(string word, params string[] categories) : IModerator
{
    public ValueTask<ModerationVerdict> ModerateAsync(string text, ModerationDirection direction, CancellationToken cancellationToken = default)
    {
        var flagged = text.Contains(word, StringComparison.Ordinal);
        return ValueTask.FromResult(new ModerationVerdict(flagged, flagged ? categories : [], new Dictionary<string, double> { ["hate/threatening"] = 0.123456 }, [], "fake"));
    }
}
