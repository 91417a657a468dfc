namespace ChatLoop.Core.Datasets;

/// <summary>How a version is made. The same options and judgements give the same bytes.</summary>
public sealed record DatasetOptions
{
    /// <summary>Letters, figures and hyphens: the folders are `sft-…`, `pref-…` and `eval-…` of this name.</summary>
    public required string Name { get; init; }

    /// <summary>An SPDX identifier or a sentence: quoted in the manifest and in each folder's NOTICE.md.</summary>
    public required string Licence { get; init; }

    /// <summary>Written into the manifest; it is part of the bytes.</summary>
    public required DateTimeOffset Created { get; init; }

    /// <summary>
    /// A secret of the deployment, the same for all versions, by which users are split and labelers get their pseudonyms: whoever does
    /// not know it cannot try out ids.
    /// </summary>
    public required string Salt { get; init; }

    /// <summary>InstructGPT kept at most 200 prompts of a user (Ouyang et al. 2022, section 3.2).</summary>
    public int MostPromptsPerUser { get; init; } = 200;

    /// <summary>Prompts that begin with so many equal characters are duplicates ("long common prefix", ibid.); shorter ones only where they are equal.</summary>
    public int CommonPrefix { get; init; } = 120;

    /// <summary>The share of users (0 to 1) whose judgements are kept for evaluation, and never trained on.</summary>
    public double HeldOutShare { get; init; } = 0.1;

    internal void Check()
    {
        if (Name is not { Length: > 0 and <= 64 } || !Name.All(c => char.IsAsciiLetterOrDigit(c) || c == '-')) throw new ArgumentException($"The data set's name '{Name}' is not made of letters, figures and hyphens (64 at most).");
        if (string.IsNullOrWhiteSpace(Licence)) throw new ArgumentException("The data set has no licence: say under which terms it may be used.");
        if (string.IsNullOrEmpty(Salt)) throw new ArgumentException("The data set has no salt: choose one secret for all versions.");
        if (MostPromptsPerUser < 1) throw new ArgumentException($"At most {MostPromptsPerUser} prompts a user leave nothing: allow 1 or more.");
        if (CommonPrefix < 1) throw new ArgumentException($"A common prefix of {CommonPrefix} characters makes all prompts duplicates: give 1 or more.");
        if (HeldOutShare is not (>= 0 and < 1)) throw new ArgumentException($"A held-out share of {HeldOutShare} is not from 0 to below 1.");
    }
}
