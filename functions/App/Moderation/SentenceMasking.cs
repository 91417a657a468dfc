using System.Text;
using ChatLoop.Core.Moderation;

namespace ChatLoop.App.Moderation;

/// <summary>Takes the sentences out of a text that fall, each by itself, into categories that the policy masks (or blocks).</summary>
internal sealed class SentenceMasking(IModerator moderator, ModerationPolicy policy)
{
    /// <summary>In the place of a sentence.</summary>
    public const string Placeholder = "[…]";

    /// <returns>The text without them, and whether anything else is in it.</returns>
    public async Task<(string Text, bool HasRest)> TakeOutAsync(string text, ModerationDirection direction, CancellationToken cancellationToken)
    {
        var rest = new StringBuilder(text.Length);
        var hasRest = false;
        foreach (var sentence in Sentences.Of(text))
        {
            var found = policy.Decide(await moderator.ModerateAsync(sentence, direction, cancellationToken), direction);
            var goes = found.Blocks || found.Masked.Count > 0;
            hasRest |= !goes && !string.IsNullOrWhiteSpace(sentence);
            // The space around it stays.
            rest.Append(goes ? sentence.Replace(sentence.Trim(), Placeholder, StringComparison.Ordinal) : sentence);
        }

        return (rest.ToString(), hasRest);
    }
}
