using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ChatLoop.Core.Chat;
using ChatLoop.Training.Base;
using ChatLoop.Training.Cli;
using ChatLoop.Training.Pretraining;
using ChatLoop.Training.Tokenization;
using Microsoft.ML.Tokenizers;

namespace ChatLoop.Training.Data;

/// <summary>
/// Turns the texts into token shards: a document is `&lt;|begin|&gt;` text `&lt;|end|&gt;`. Conversations are one set more, in the chat template,
/// so that a small model meets the form in which it will be asked from its first step on.
/// </summary>
internal sealed class ShardsStage : IStage
{
    private const string ConversationSet = "conversations";

    public string Name => "shards";

    public string Description => "Encodes the training and validation text into token shards.";

    public IReadOnlyList<string> Inputs(StageContext context) => BaseModel.IsUsed(context) ? [] : [context.Run.Data, context.Run.TokenizerFile];

    public Task RunAsync(StageContext context, CancellationToken cancellationToken)
    {
        if (BaseModel.IsUsed(context))
        {
            context.Reporter.Line("shards: the run starts from a base model, so there is no pre-training to make them for.");
            return Task.CompletedTask;
        }

        var tokenizer = TokenizerFile.Load(context.Run.TokenizerFile);
        Directory.CreateDirectory(context.Run.Shards);
        var index = new ShardIndex(
            FormatVersion: 1,
            Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(context.Run.TokenizerFile))),
            tokenizer.Vocabulary.Count,
            Write(context, Split.Train, "pretrain-train.bin", tokenizer, cancellationToken),
            Write(context, Split.Val, "pretrain-val.bin", tokenizer, cancellationToken));
        File.WriteAllText(Path.Combine(context.Run.Shards, "shards.json"), JsonSerializer.Serialize(index, DataJson.Indented.ShardIndex) + "\n");
        foreach (var set in index.Train.Sets) context.Reporter.Line($"  {set.Name}: {set.Tokens:N0} tokens, {(double)set.Bytes / set.Tokens:F2} bytes a token");
        context.Reporter.Line($"{index.Train.Tokens:N0} tokens to train on, {index.Val.Tokens:N0} to validate on.");
        return Task.CompletedTask;
    }

    private static Shard Write(StageContext context, Split split, string file, BpeTokenizer tokenizer, CancellationToken cancellationToken)
    {
        var sets = new List<ShardSet>();
        var ids = new List<ushort>();
        var texts = TextSplit.Read(context.Run.Data, split).GroupBy(document => document.Set).OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => (group.Key, group.Select(document => new[] { document.Text })));
        var conversations = ConversationSplit.Read(context.Run.Data, split);
        foreach (var (name, sequences) in texts
            .Select(set => (set.Key, Sequences: set.Item2.Select(Document)))
            .Append((ConversationSet, conversations.Select(Rendered))))
        {
            var (start, bytes) = (ids.Count, 0L);
            foreach (var (encoded, length) in sequences.AsParallel().AsOrdered().WithCancellation(cancellationToken).Select(segments => Encode(tokenizer, segments)))
            {
                ids.AddRange(encoded);
                bytes += length;
            }

            if (ids.Count > start) sets.Add(new ShardSet(name, start, ids.Count - start, bytes));
            context.Reporter.Progress($"encoding {split}", sets.Count, sets.Count + 1, name);
        }

        var stored = new byte[ids.Count * sizeof(ushort)];
        for (var i = 0; i < ids.Count; i++) BinaryPrimitives.WriteUInt16LittleEndian(stored.AsSpan(i * sizeof(ushort)), ids[i]);
        var path = Path.Combine(context.Run.Shards, file);
        File.WriteAllBytes(path + ".new", stored);
        File.Move(path + ".new", path, overwrite: true);
        return new Shard(file, ids.Count, Convert.ToHexStringLower(SHA256.HashData(stored)), sets);
    }

    private static IEnumerable<ChatSegment> Document(string[] text) =>
        [new(SpecialTokens.Begin, IsSpecial: true, IsLearned: false), new(text[0], IsSpecial: false, IsLearned: true), new(SpecialTokens.End, IsSpecial: true, IsLearned: true)];

    private static IEnumerable<ChatSegment> Rendered(Conversation conversation) =>
        ChatTemplate.Render(conversation.Messages.Select(message => (message.Role, message.Content)), addGenerationPrompt: false);

    private static (ushort[] Ids, long Bytes) Encode(BpeTokenizer tokenizer, IEnumerable<ChatSegment> segments)
    {
        var (ids, bytes) = (new List<ushort>(), 0L);
        foreach (var segment in segments)
        {
            if (segment.IsSpecial)
            {
                ids.Add((ushort)SpecialTokens.All.Index().First(token => token.Item == segment.Text).Index);
                continue;
            }

            ids.AddRange(tokenizer.EncodeToIds(segment.Text).Select(id => (ushort)id));
            bytes += Encoding.UTF8.GetByteCount(segment.Text);
        }

        return ([.. ids], bytes);
    }
}
