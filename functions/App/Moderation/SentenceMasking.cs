using System.Text;
using ChatLoop.Core.Moderation;

namespace ChatLoop.App.Moderation;

/// <summary>Takes the sentences out of a text that fall, each by itself, into categories that the policy masks (or blocks).</summary>
internal sealed class SentenceMasking(IModerator moderator, ModerationPolicy policy)
{
    /// <summary>In the place of a sentence.</summary>
    public const string Placeholder = "[…]";

    /// <returns>The text without them; null where nothing else was in it.</returns>
    public async Task<string?> TakeOutAsync(string text, ModerationDirection direction, CancellationToken cancellationToken)
    {
        var rest = new StringBuilder(text.Length);
        var hasRest = false;
        foreach (var sentence in Sentences.Of(text))
        {
            var found = policy.Decide(await moderator.ModerateAsync(sentence, direction, cancellationToken), direction);
            var goes = found.Blocks || found.Masked.Count > 0;
            hasRest |= !goes && !string.IsNullOrWhiteSpace(sentence);
            rest.Append(goes ? Placeholder + sentence[sentence.TrimEnd().Length..] : sentence);
        }

        return hasRest ? rest.ToString() : null;
    }
}
