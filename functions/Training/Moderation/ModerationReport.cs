namespace ChatLoop.Training.Moderation;

/// <summary>What the model card says of a training run.</summary>
/// <param name="Sets">Texts by set: trained on, validated on, dropped as duplicate, empty or held out.</param>
/// <param name="Untrained">Categories without enough texts: the model has no output for them.</param>
/// <param name="OrdinaryFlagged">Ordinary validation texts that some category flags, of how many.</param>
/// <param name="HateCheck">By functionality: cases judged right, of how many; hateful or not.</param>
/// <param name="HatemojiCheck">All cases.</param>
/// <param name="HarmfulFlagged">Held-out AdvBench and HarmBench requests that some category flags, of how many.</param>
internal sealed record ModerationReport(
    string Name,
    int Seed,
    DateTimeOffset Created,
    ModerationOptions Options,
    IReadOnlyDictionary<string, (int Train, int Val, int Dropped)> Sets,
    IReadOnlyDictionary<string, string> Notices,
    IReadOnlyList<CategoryResult> Categories,
    IReadOnlyList<string> Untrained,
    (int Flagged, int Of) OrdinaryFlagged,
    IReadOnlyList<(string Functionality, bool Hateful, int Right, int Of)> HateCheck,
    (int Right, int Of) HatemojiCheck,
    (int Flagged, int Of) HarmfulFlagged);
