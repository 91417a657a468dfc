using System.ComponentModel.DataAnnotations;

namespace ChatLoop.Training.Modeling;

/// <summary>
/// The shape of a Llama-style decoder (Touvron et al. 2023, arXiv:2302.13971; grouped-query attention: Ainslie et al.
/// 2023, arXiv:2305.13245). Embeddings are tied and nothing has a bias.
/// </summary>
internal sealed record LlamaConfig
{
    /// <summary>Token ids 0 … n − 1. The tokenizer decides it: stages that have one set it from there.</summary>
    [Range(2, 65_536)]
    public int VocabularySize { get; init; } = 8192;

    /// <summary>Width of the residual stream, d.</summary>
    [Range(8, 16_384)]
    public int HiddenSize { get; init; } = 256;

    /// <summary>Width inside the SwiGLU feed-forward; 8/3 d keeps the parameters of a plain 4 d one (Shazeer 2020, arXiv:2002.05202).</summary>
    [Range(8, 65_536)]
    public int IntermediateSize { get; init; } = 688;

    [Range(1, 200)]
    public int Layers { get; init; } = 6;

    [Range(1, 256)]
    public int Heads { get; init; } = 4;

    /// <summary>Key and value heads; each serves <see cref="Heads"/> / this many query heads.</summary>
    [Range(1, 256)]
    public int KeyValueHeads { get; init; } = 2;

    /// <summary>Width of one head; even, for the rotary positions.</summary>
    [Range(2, 512)]
    public int HeadSize { get; init; } = 64;

    /// <summary>The longest sequence the model may be given, tokens.</summary>
    [Range(8, 1_000_000)]
    public int MaxPositions { get; init; } = 512;

    [Range(1e-12, 1e-2)]
    public double RmsNormEps { get; init; } = 1e-5;

    /// <summary>Base of the rotary frequencies (Su et al. 2021, arXiv:2104.09864).</summary>
    [Range(1.0, 1e9)]
    public double RopeTheta { get; init; } = 10_000;

    /// <summary>All trained numbers; the tied embedding counts once.</summary>
    public long ParameterCount
    {
        get
        {
            long attention = (long)HiddenSize * HeadSize * (2L * Heads + 2L * KeyValueHeads);
            long layer = attention + 3L * HiddenSize * IntermediateSize + 2L * HiddenSize;
            return (long)VocabularySize * HiddenSize + Layers * layer + HiddenSize;
        }
    }

    /// <summary>The same shape, checked for what attributes cannot say.</summary>
    /// <exception cref="ValidationException">Heads are not a multiple of the key and value heads, or the head size is odd.</exception>
    public LlamaConfig Validated()
    {
        Validator.ValidateObject(this, new ValidationContext(this), validateAllProperties: true);
        if (Heads % KeyValueHeads != 0) throw new ValidationException($"heads ({Heads}) must be a multiple of keyValueHeads ({KeyValueHeads}).");
        if (HeadSize % 2 != 0) throw new ValidationException($"headSize ({HeadSize}) must be even.");
        return this;
    }
}
