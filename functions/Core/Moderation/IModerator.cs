namespace ChatLoop.Core.Moderation;

/// <summary>Judges whether a text may pass. An implementation that cannot judge throws: the caller fails closed.</summary>
public interface IModerator
{
    ValueTask<ModerationVerdict> ModerateAsync(string text, ModerationDirection direction, CancellationToken cancellationToken = default);
}
