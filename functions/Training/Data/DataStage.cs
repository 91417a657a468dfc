using System.Text;
using System.Text.Json;
using ChatLoop.Training.Cli;
using ChatLoop.Training.Data.Sources;

namespace ChatLoop.Training.Data;

/// <summary>Reads a folder of data sets, cleans them, drops duplicates and what tests hold, and writes train and validation texts.</summary>
internal sealed class DataStage : IStage
{
    /// <summary>Sources, licences and counts, for the model card.</summary>
    public const string ReportFile = "data.json";

    public string Name => "data";

    public string Description => "Reads data sets, cleans them, removes duplicates and held-out text, splits them.";

    public IReadOnlyList<string> Inputs(StageContext context) =>
        context.Options<DataOptions>(Name).Folder is { Length: > 0 } folder ? [folder, Persona.File] : [];

    public IReadOnlyList<string> Outputs(RunFolder run) =>
        [Path.Combine(run.Data, ReportFile), .. new[] { Split.Train, Split.Val }.SelectMany(s => new[] { TextSplit.FileOf(run.Data, s), ConversationSplit.FileOf(run.Data, s), QuestionSplit.FileOf(run.Data, s) })];

    public Task RunAsync(StageContext context, CancellationToken cancellationToken)
    {
        var options = context.Options<DataOptions>(Name);
        if (options.JudgedQuestions && options.Folder.Length == 0) throw new StageException($"Recipe {context.Recipe.File}: data.folder is empty: name the folder `data` of a data-set version (functions/Core/Datasets).");
        Directory.CreateDirectory(context.Run.Data);
        var report = options.Folder.Length == 0 ? Synthetic(context, options) : FromFolder(context, options, cancellationToken);
        File.WriteAllText(Path.Combine(context.Run.Data, ReportFile), JsonSerializer.Serialize(report, DataJson.Indented.DataReport) + "\n");
        context.Reporter.Line($"Kept {report.Sets.Sum(s => s.Documents):N0} texts ({report.Sets.Sum(s => s.Bytes) / 1e6:N1} MB) and {report.Sets.Sum(s => s.Conversations):N0} conversations.");
        return Task.CompletedTask;
    }

    private static DataReport FromFolder(StageContext context, DataOptions options, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(options.Folder)) throw new StageException($"The data folder {Path.GetFullPath(options.Folder)} does not exist: set data.folder in the recipe.");
        var verified = DataManifest.Check(options.Folder, (done, total) => context.Reporter.Progress("checking hashes", done, total), cancellationToken);
        context.Reporter.Line(verified > 0 ? $"{verified} files are as {DataManifest.FileName} describes them." : $"No {DataManifest.FileName}: hashes are not checked.");

        var sets = DataSet.Find(options.Folder).Where(set => !options.Without.Contains(set.Name)).ToArray();
        var heldOut = HeldOutText.Read(sets, cancellationToken);
        DataSet[] read = [.. sets.Where(set => !set.IsHeldOut && !PublicSources.IsForOtherStages(set)), .. options.Persona ? [Persona.Set] : Array.Empty<DataSet>()];
        var judged = options.JudgedQuestions ? new JudgedQuestions(sets, options) : null;
        var reports = Write(context, options, read, heldOut, judged, cancellationToken);
        if (judged is not null)
        {
            var (train, val) = judged.Write(context.Run.Data);
            context.Reporter.Line($"{train:N0} judged questions to train on, {val:N0} held out.");
        }

        return new DataReport(Path.GetFileName(Path.GetFullPath(options.Folder)), verified, reports);
    }

    private static DataReport Synthetic(StageContext context, DataOptions options)
    {
        using var texts = new SplitWriter<TextDocument>(context.Run.Data, TextSplit.FileOf, DataJson.Lines.TextDocument, options.ValShare);
        using var conversations = new SplitWriter<Conversation>(context.Run.Data, ConversationSplit.FileOf, DataJson.Lines.Conversation, options.ValShare);
        var bytes = 0L;
        foreach (var text in SyntheticText.Stories(context.Seed, options.SyntheticRecords))
        {
            texts.Add(new TextDocument(SyntheticText.Set, text), text);
            bytes += Encoding.UTF8.GetByteCount(text);
        }

        foreach (var conversation in SyntheticText.Conversations(context.Seed, options.SyntheticRecords)) conversations.Add(conversation, conversation.Key);
        texts.Finish();
        conversations.Finish();
        return new DataReport(SyntheticText.Set, 0, [new SetReport(SyntheticText.Set, "Made by the trainer itself; MIT.", texts.Count, bytes, conversations.Count, 0, 0, 0)]);
    }

    private static List<SetReport> Write(StageContext context, DataOptions options, DataSet[] sets, HeldOutText heldOut, JudgedQuestions? judged, CancellationToken cancellationToken)
    {
        using var texts = new SplitWriter<TextDocument>(context.Run.Data, TextSplit.FileOf, DataJson.Lines.TextDocument, options.ValShare);
        using var conversations = new SplitWriter<Conversation>(context.Run.Data, ConversationSplit.FileOf, DataJson.Lines.Conversation, options.ValShare);
        var seen = new HashSet<ulong>();
        var reports = new List<SetReport>();
        foreach (var set in sets)
        {
            var sieve = new SetSieve(options, heldOut, seen);
            var (documents, chats, bytes) = (0, 0, 0L);
            foreach (var document in PublicSources.Texts(set))
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (sieve.Text(document.Text) is not { } text) continue;
                texts.Add(document with { Text = text }, text[..Math.Min(200, text.Length)]);
                documents++;
                bytes += Encoding.UTF8.GetByteCount(text);
            }

            foreach (var conversation in PublicSources.Conversations(set))
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (sieve.Conversation(conversation) is not { } kept) continue;
                if (judged is null) conversations.Add(kept, conversation.Key);
                else conversations.Add(kept, judged.SplitOf(kept));
                chats++;
            }

            reports.Add(new SetReport(set.Name, set.Notice, documents, bytes, chats, sieve.Duplicates, sieve.HeldOut, sieve.Unfit));
            context.Reporter.Progress("data sets", reports.Count, sets.Length, set.Name);
            context.Reporter.Line($"  {set.Name}: {documents:N0} texts, {bytes / 1e6:N1} MB, {chats:N0} conversations; dropped {sieve.Duplicates:N0} duplicates, {sieve.HeldOut:N0} held out, {sieve.Unfit:N0} unfit");
        }

        foreach (var demonstration in judged?.HeldOutDemonstrations ?? []) conversations.Add(demonstration, Split.Val);
        texts.Finish();
        conversations.Finish();
        return reports;
    }
}
