namespace ChatLoop.Core.Privacy;

/// <summary>A text without the personal data that rules find.</summary>
/// <param name="Found">How many of each kind were masked; kinds without any are left out.</param>
public sealed record MaskedText(string Text, IReadOnlyDictionary<PersonalDataKind, int> Found);
