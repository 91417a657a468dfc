using System.ComponentModel.DataAnnotations;

namespace ChatLoop.App.Datasets;

/// <summary>How versions of the data set are made.</summary>
public sealed class DatasetBuildOptions
{
    public const string Section = "Datasets";

    /// <summary>The folders of the data are `sft-…`, `pref-…` and `eval-…` of this name.</summary>
    [Required, RegularExpression("^[A-Za-z0-9-]{1,64}$", ErrorMessage = "Datasets:Name must be 1 to 64 letters, digits and hyphens.")]
    public string Name { get; set; } = "loop";

    /// <summary>Under which terms the data may be used: an SPDX identifier or a sentence.</summary>
    [Required]
    public string Licence { get; set; } = "Not for publication: judgements of this deployment's users and labelers, with their consent.";

    /// <summary>The secret by which users are split and labelers get their pseudonyms; it must stay the same. Empty: one is drawn once and kept beside the data sets.</summary>
    public string Salt { get; set; } = "";

    [Range(1, 1_000_000)]
    public int MostPromptsPerUser { get; set; } = 200;

    /// <summary>The share of users whose judgements are never trained on.</summary>
    [Range(0, 0.9)]
    public double HeldOutShare { get; set; } = 0.1;
}
