using System.ComponentModel.DataAnnotations;

namespace ChatLoop.Training.Moderation;

/// <summary>The recipe's section `moderation`.</summary>
internal sealed record ModerationOptions
{
    /// <summary>The folder of data sets, as data.folder; empty: data.folder, and our own templates alone where that is empty too.</summary>
    public string Folder { get; init; } = "";

    /// <summary>Rows of the embedding table: 2 to this power. 17 with 16 dimensions makes 4 MB at half precision.</summary>
    [Range(8, 22)]
    public int BucketBits { get; init; } = 17;

    /// <summary>Numbers per n-gram.</summary>
    [Range(1, 256)]
    public int Dimensions { get; init; } = 16;

    /// <summary>Units of the layer between n-grams and categories.</summary>
    [Range(1, 1024)]
    public int Hidden { get; init; } = 48;

    [Range(1, 100)]
    public int Epochs { get; init; } = 4;

    [Range(1, 4096)]
    public int BatchRows { get; init; } = 128;

    /// <summary>Adam's highest rate; it falls to nothing in a straight line.</summary>
    [Range(1e-6, 1.0)]
    public double LearningRate { get; init; } = 4e-3;

    /// <summary>Share of a text's n-grams left out at random in each step, so that no single one decides (as dropout, Srivastava et al. 2014).</summary>
    [Range(0.0, 0.9)]
    public double FeatureDropout { get; init; } = 0.25;

    /// <summary>Fillings of each of our templates.</summary>
    [Range(1, 1000)]
    public int FillingsPerTemplate { get; init; } = 60;

    /// <summary>Ordinary texts per set, at most.</summary>
    [Range(10, 1_000_000)]
    public int OrdinaryTextsPerSet { get; init; } = 9000;

    [Range(0.01, 0.5)]
    public double ValShare { get; init; } = 0.1;

    /// <summary>A category blocks at the threshold of highest recall with at least this precision on the validation texts (best F1 where recall stays under 0.4)…</summary>
    [Range(0.5, 1.0)]
    public double Precision { get; init; } = 0.8;

    /// <summary>…and with at most this share of the ordinary validation texts flagged by it.</summary>
    [Range(0.0, 1.0)]
    public double OrdinaryFlagged { get; init; } = 0.001;
}
