using ChatLoop.App.Storage;

namespace ChatLoop.App.Labeling;

/// <summary>
/// In which order a labeler sees a task's answers: another one for each labeler, since what stands first is preferred for standing
/// there, and always the same one, so that a page that is loaded again shows what it showed.
/// </summary>
internal sealed class AnswerOrder
{
    private readonly int[] _shown;

    private AnswerOrder(int[] shown) => _shown = shown;

    public static AnswerOrder Of(string taskId, string labeler, int count) =>
        new([.. Enumerable.Range(0, count).OrderBy(index => Identifier.From($"order {taskId} {index} {labeler}"), StringComparer.Ordinal)]);

    /// <summary>What is stored, as it is shown.</summary>
    public IReadOnlyList<T> Show<T>(IReadOnlyList<T> stored) => [.. _shown.Select(index => stored[index])];

    /// <summary>What was given in the order shown, as it is stored; left as it is where it is not one for each answer, which the checks tell.</summary>
    public IReadOnlyList<T>? Store<T>(IReadOnlyList<T>? given)
    {
        if (given is null || given.Count != _shown.Length)
            return given;
        var stored = new T[given.Count];
        foreach (var (place, index) in _shown.Index())
            stored[index] = given[place];
        return stored;
    }
}
