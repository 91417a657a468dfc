using ChatLoop.Core.Privacy;

namespace ChatLoop.Core.Moderation;

/// <summary>What becomes of personal data, as far as its rules find it.</summary>
/// <param name="Kinds">Which kinds count; null for all.</param>
public sealed record PersonalDataPolicy(
    PersonalDataAction Question = PersonalDataAction.Off, PersonalDataAction Answer = PersonalDataAction.Off, IReadOnlyList<PersonalDataKind>? Kinds = null)
{
    /// <summary>What a turn says of a text with personal data in the place of a category, and what its template is called.</summary>
    public const string Category = "personal-data";

    public PersonalDataAction Action(ModerationDirection direction) => direction == ModerationDirection.Question ? Question : Answer;

    /// <summary>Whether a text that is released piece by piece must not be cut within personal data.</summary>
    public bool HoldsBack(ModerationDirection direction) => Action(direction) is PersonalDataAction.Mask or PersonalDataAction.Block;

    /// <summary>Whether a text has any; nobody looks where the policy does not ask.</summary>
    public bool IsIn(string text, ModerationDirection direction) => Action(direction) != PersonalDataAction.Off && PersonalData.Mask(text, Kinds).Found.Count > 0;

    /// <summary>The text as it may go on: masked where this is the policy's action, else as it is.</summary>
    public MaskedText Mask(string text, ModerationDirection direction) =>
        Action(direction) == PersonalDataAction.Mask ? PersonalData.Mask(text, Kinds) : new MaskedText(text, new Dictionary<PersonalDataKind, int>());
}
