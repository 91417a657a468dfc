using System.Text.Json;

namespace ChatLoop.Core.Privacy;

/// <summary>A text without the personal data that rules find.</summary>
/// <param name="Found">How many of each kind were masked; kinds without any are left out.</param>
public sealed record MaskedText(string Text, IReadOnlyDictionary<PersonalDataKind, int> Found)
{
    /// <summary>The names of the kinds that were found; null where none were.</summary>
    public IReadOnlyList<string>? Kinds => Found.Count == 0 ? null : [.. Found.Keys.Select(kind => JsonNamingPolicy.CamelCase.ConvertName($"{kind}"))];
}
