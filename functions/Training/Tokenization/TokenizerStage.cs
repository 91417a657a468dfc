using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using ChatLoop.Core.Chat;
using ChatLoop.Training.Base;
using ChatLoop.Training.Cli;
using ChatLoop.Training.Data;

namespace ChatLoop.Training.Tokenization;

/// <summary>Trains the byte-level BPE tokenizer on the training text, conversations included.</summary>
internal sealed class TokenizerStage : IStage
{
    public string Name => "tokenizer";

    public string Description => "Trains a byte-level BPE tokenizer and writes tokenizer.json.";

    public IReadOnlyList<string> Inputs(StageContext context) => BaseModel.IsUsed(context) ? [BaseModel.TokenizerFile(context.Run)] : [TextSplit.FileOf(context.Run.Data, Split.Train), ConversationSplit.FileOf(context.Run.Data, Split.Train)];

    public Task RunAsync(StageContext context, CancellationToken cancellationToken)
    {
        if (BaseModel.IsUsed(context))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(context.Run.TokenizerFile)!);
            File.Copy(BaseModel.TokenizerFile(context.Run), context.Run.TokenizerFile, overwrite: true);
            context.Reporter.Line("tokenizer: the base model's.");
            return Task.CompletedTask;
        }

        var options = context.Options<TokenizerOptions>(Name);
        var wanted = options.VocabularySize - SpecialTokens.All.Count - 256;
        context.Reporter.Line($"Training a tokenizer of {options.VocabularySize:N0} tokens: {SpecialTokens.All.Count} special, 256 bytes, {wanted:N0} merges.");

        var words = CountWords(TrainingText(context.Run), cancellationToken);
        context.Reporter.Line($"{words.Values.Sum():N0} pieces, {words.Count:N0} different ones.");
        var merges = BpeTrainer.Train(words, wanted, done =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            context.Reporter.Progress("merges", done, wanted);
        });
        if (merges.Count < wanted) context.Reporter.Line($"Only {merges.Count:N0} merges occur twice: the vocabulary is smaller than asked for.");
        TokenizerFile.Write(context.Run.TokenizerFile, merges);
        context.Reporter.Line($"Wrote {context.Run.TokenizerFile}.");
        return Task.CompletedTask;
    }

    private static IEnumerable<string> TrainingText(RunFolder run) =>
        TextSplit.Read(run.Data, Split.Train).Select(document => document.Text)
            .Concat(ConversationSplit.Read(run.Data, Split.Train).SelectMany(conversation => conversation.Messages.Select(message => message.Content)));

    private static Dictionary<string, long> CountWords(IEnumerable<string> texts, CancellationToken cancellationToken)
    {
        var parts = new ConcurrentBag<Dictionary<string, long>>();
        Parallel.ForEach(
            texts,
            new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellationToken },
            () => new Dictionary<string, long>(),
            (text, _, counts) =>
            {
                var lookup = counts.GetAlternateLookup<ReadOnlySpan<char>>();
                foreach (var (offset, length) in PreTokenizer.Pieces(text))
                {
                    CollectionsMarshal.GetValueRefOrAddDefault(lookup, text.AsSpan(offset, length), out var _)++;
                }

                return counts;
            },
            parts.Add);

        var all = new Dictionary<string, long>();
        foreach (var (word, count) in parts.SelectMany(part => part)) CollectionsMarshal.GetValueRefOrAddDefault(all, word, out var _) += count;
        return all;
    }
}
