namespace ChatLoop.Training.Data;

/// <summary>A part of a list that stands for the whole.</summary>
internal static class Spread
{
    /// <summary>At most <paramref name="count"/> items at even distances over all of them, the same every time.</summary>
    public static T[] Over<T>(T[] all, int count) =>
        all.Length <= count ? all : [.. Enumerable.Range(0, count).Select(i => all[(int)((long)i * all.Length / count)])];
}
