namespace ChatLoop.Training.Data;

/// <summary>Some of many, taken at even distances: the same ones every time, from all of a file and not its beginning.</summary>
internal static class Evenly
{
    public static T[] Of<T>(T[] all, int most) =>
        all.Length <= most ? all : [.. Enumerable.Range(0, most).Select(i => all[(int)((long)i * all.Length / most)])];
}
