using ChatLoop.Training.Cli;
using ChatLoop.Training.Data;
using ChatLoop.Training.Pretraining;
using ChatLoop.Training.Tokenization;
using Microsoft.ML.Tokenizers;

namespace ChatLoop.Training.Evaluation;

/// <summary>What every test of a call works with.</summary>
/// <param name="Folder">The folder of data sets; empty where there is none.</param>
/// <param name="Sets">Its data sets.</param>
internal sealed record EvalSetting(StageContext Context, EvalOptions Options, string Folder, IReadOnlyList<DataSet> Sets, Tokenizer Tokenizer, VocabularyTable Vocabulary)
{
    /// <exception cref="StageException">The data folder or the tokenizer is missing.</exception>
    public static EvalSetting Of(StageContext context, EvalOptions options)
    {
        var folder = DataFolder(context, options);
        if (folder.Length > 0 && !Directory.Exists(folder)) throw new StageException($"The data folder {Path.GetFullPath(folder)} does not exist: set eval.folder or data.folder in the recipe.");
        return new EvalSetting(
            context, options, folder, folder.Length > 0 ? DataSet.Find(folder) : [], TokenizerFile.Load(context.Run.TokenizerFile), VocabularyTable.Read(context.Run.TokenizerFile));
    }

    public static string DataFolder(StageContext context, EvalOptions options) => options.Folder.Length > 0 ? options.Folder : context.Options<DataOptions>("data").Folder;

    public static string JudgeFolder(StageContext context, EvalOptions options) => options.Judge.Length > 0 ? options.Judge : Path.Combine(context.Run.Root, "judge");

    /// <summary>A file of a data set; null where the set is not there.</summary>
    public string? FileOf(string set, string file) => Sets.FirstOrDefault(s => s.Name == set) is { } found && File.Exists(found[file]) ? found[file] : null;

    /// <summary>Why a test of that file cannot run; null where it can.</summary>
    public string? MissingFile(string set, string file) =>
        FileOf(set, file) is not null ? null : Folder.Length == 0 ? $"there is no data folder (data.folder), so no {set}/{file}" : $"{Path.Combine(Folder, set, file)} is not there";

    /// <summary>Ids of plain text.</summary>
    public IReadOnlyList<int> Encode(string text) => Tokenizer.EncodeToIds(text);
}
