using System.Globalization;
using ChatLoop.App.Storage;

namespace ChatLoop.App.Labeling;

/// <summary>Which of a labeler's tasks are gold ones: drawn by a hash, so that nobody can count on every tenth.</summary>
internal static class GoldDraw
{
    public static bool IsGold(string labeler, int tasksDone, double share)
    {
        var draw = uint.Parse(Identifier.From(string.Create(CultureInfo.InvariantCulture, $"gold {tasksDone} {labeler}"))[..8], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        return draw < share * uint.MaxValue;
    }
}
