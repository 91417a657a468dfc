using ChatLoop.Training.Cli;

namespace ChatLoop.Training.Data;

/// <summary>
/// The questions that `ppo` and `dpo` ask and `eval` compares by: those of the conversations, or, with `data.judgedQuestions`, those of
/// everything that people judged, in files of their own: `questions-train.jsonl` and `questions-val.jsonl`. The last message is an answer.
/// </summary>
internal static class QuestionSplit
{
    public static string FileOf(string folder, Split split) => Path.Combine(folder, split == Split.Train ? "questions-train.jsonl" : "questions-val.jsonl");

    /// <summary>The file that <see cref="Read"/> reads.</summary>
    public static string FileOf(StageContext context, Split split) => IsOfJudged(context) ? FileOf(context.Run.Data, split) : ConversationSplit.FileOf(context.Run.Data, split);

    /// <exception cref="StageException">The stage `data` has not run.</exception>
    public static IEnumerable<Conversation> Read(StageContext context, Split split) => SplitFile.Read(FileOf(context, split), DataJson.Lines.Conversation);

    private static bool IsOfJudged(StageContext context) => context.Options<DataOptions>("data").JudgedQuestions;
}
