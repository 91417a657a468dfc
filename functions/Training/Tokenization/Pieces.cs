namespace ChatLoop.Training.Tokenization;

/// <summary><see cref="PreTokenizer"/> as Microsoft.ML.Tokenizers asks for it.</summary>
internal sealed class Pieces : Microsoft.ML.Tokenizers.PreTokenizer
{
    public override IEnumerable<(int Offset, int Length)> PreTokenize(string text) => PreTokenizer.Pieces(text);

    public override IEnumerable<(int Offset, int Length)> PreTokenize(ReadOnlySpan<char> text) => PreTokenizer.Pieces(text.ToString());
}
