using System.ComponentModel.DataAnnotations;

namespace ChatLoop.Training.Tokenization;

/// <summary>The recipe's section `tokenizer`.</summary>
internal sealed record TokenizerOptions
{
    /// <summary>Tokens in all: specials, the 256 bytes, merges. Ids must fit the shards' uint16.</summary>
    [Range(262, 65_536)]
    public int VocabularySize { get; init; } = 8192;
}
