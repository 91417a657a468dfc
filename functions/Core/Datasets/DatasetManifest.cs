using ChatLoop.Core.Privacy;

namespace ChatLoop.Core.Datasets;

/// <summary>`manifest.json`: what a version holds, what was left out of it, and how far its labelers agree.</summary>
/// <param name="Files">By path below `data/`.</param>
/// <param name="Users">Whose prompts are in it.</param>
/// <param name="LeftOut">What is not in it, and why.</param>
/// <param name="Masked">How many pieces of personal data of each kind were masked, in what was kept and what was then left out as a duplicate.</param>
public sealed record DatasetManifest(
    int FormatVersion,
    string Id,
    string Name,
    DateTimeOffset Created,
    string Licence,
    IReadOnlyDictionary<string, DatasetFile> Files,
    int Users,
    LeftOut LeftOut,
    DatasetAgreement Agreement,
    IReadOnlyDictionary<PersonalDataKind, int> Masked)
{
    public const int CurrentFormat = 1;
}
