using ChatLoop.Training.Cli;

namespace ChatLoop.Training.Data;

/// <summary>The cleaned conversations of a run: `sft-train.jsonl` and `sft-val.jsonl`.</summary>
internal static class ConversationSplit
{
    public static string FileOf(string folder, Split split) => Path.Combine(folder, split == Split.Train ? "sft-train.jsonl" : "sft-val.jsonl");

    /// <exception cref="StageException">The stage `data` has not run.</exception>
    public static IEnumerable<Conversation> Read(string folder, Split split) => SplitFile.Read(FileOf(folder, split), DataJson.Lines.Conversation);
}
