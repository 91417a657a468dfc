using ChatLoop.Training.Cli;

namespace ChatLoop.Training.Data;

/// <summary>The cleaned texts of a run: `text-train.jsonl` and `text-val.jsonl`.</summary>
internal static class TextSplit
{
    public static string FileOf(string folder, Split split) => Path.Combine(folder, split == Split.Train ? "text-train.jsonl" : "text-val.jsonl");

    /// <exception cref="StageException">The stage `data` has not run.</exception>
    public static IEnumerable<TextDocument> Read(string folder, Split split) => SplitFile.Read(FileOf(folder, split), DataJson.Lines.TextDocument);
}
