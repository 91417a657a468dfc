using System.Text.RegularExpressions;

namespace ChatLoop.Training.ReinforcementLearning;

/// <summary>Finds what may name a person: questions that hold an address or a number to call are not asked (InstructGPT, appendix A.2).</summary>
internal static partial class PersonalData
{
    public static bool IsIn(string text) => Mail().IsMatch(text) || Phone().IsMatch(text);

    [GeneratedRegex(@"[\w.+-]+@[\w-]+\.[\w.]+")]
    private static partial Regex Mail();

    // Nine digits or more with nothing between them but what people write into a telephone or card number.
    [GeneratedRegex(@"(?<![\d.,])\+?\d(?:[ ()/-]{0,2}\d){8,}(?![\d.,])")]
    private static partial Regex Phone();
}
