using ChatLoop.Core.Chat;
using ChatLoop.Core.Privacy;

namespace ChatLoop.Core.Datasets;

/// <summary>Masks personal data and counts it.</summary>
internal sealed class Masker
{
    private readonly SortedDictionary<PersonalDataKind, int> _found = [];

    public IReadOnlyDictionary<PersonalDataKind, int> Found => _found;

    public string Mask(string text)
    {
        var masked = PersonalData.Mask(text);
        foreach (var (kind, count) in masked.Found) _found[kind] = _found.GetValueOrDefault(kind) + count;
        return masked.Text;
    }

    public IReadOnlyList<PromptMessage> Mask(IReadOnlyList<PromptMessage> prompt) => [.. prompt.Select(message => message with { Content = Mask(message.Content) })];
}
