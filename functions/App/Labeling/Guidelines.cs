using System.Text.Json;
using ChatLoop.Core.Labeling.Tasks;

namespace ChatLoop.App.Labeling;

/// <summary>What labelers are to go by, for each kind of task: the Markdown files beside the app.</summary>
public sealed class Guidelines
{
    private const string Folder = "Labeling/Guidelines";

    private Guidelines(IReadOnlyDictionary<string, string> byKind) => ByKind = byKind;

    internal IReadOnlyDictionary<string, string> ByKind { get; }

    /// <exception cref="FileNotFoundException">A kind of task has no guidelines.</exception>
    public static Guidelines Load(string appFolder) => new(Enum.GetValues<LabelingTaskKind>()
        .Select(kind => JsonNamingPolicy.CamelCase.ConvertName($"{kind}"))
        .ToDictionary(kind => kind, kind => File.ReadAllText(Path.Combine(appFolder, Folder, $"{kind}.md"))));
}
