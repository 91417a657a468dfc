using System.Text.Json;
using ChatLoop.Training.Checkpoints;
using ChatLoop.Training.Cli;
using ChatLoop.Training.Data;
using ChatLoop.Training.Modeling;
using ChatLoop.Training.Optimization;
using ChatLoop.Training.Pretraining;
using ChatLoop.Training.ReinforcementLearning;
using ChatLoop.Training.ReinforcementLearning.Rollouts;
using ChatLoop.Training.SupervisedFineTuning;
using ChatLoop.Training.Tokenization;
using Microsoft.ML.Tokenizers;
using TorchSharp;

namespace ChatLoop.Training.Drafts;

/// <summary>
/// Lets the fine-tuned model answer questions of the training conversations. The answer that was given stands above these drafts, so
/// reward models get comparisons between what people write and what this very model writes, without anybody ranking (cf. SPIN, Chen et al. 2024).
/// </summary>
internal sealed class DraftsStage : IStage
{
    // Prompts to a batch of the generator.
    private const int RowsAtOnce = 64;

    public string Name => "drafts";

    public string Description => "Drafts answers that reward models rank below the given ones.";

    public IReadOnlyList<string> Inputs(StageContext context) => !context.Recipe.Has(Name) ? [] :
        [CheckpointFolder.NewestFiles(context.Run.Sft)?.Tensors ?? context.Run.Sft, context.Run.TokenizerFile, ConversationSplit.FileOf(context.Run.Data, Split.Train)];

    public Task RunAsync(StageContext context, CancellationToken cancellationToken)
    {
        if (!context.Recipe.Has(Name))
        {
            context.Reporter.Line("drafts: the recipe has no section 'drafts', so there is nothing to draft.");
            return Task.CompletedTask;
        }

        var options = context.Options<DraftsOptions>(Name);
        using var model = Load(context, options);
        var (tokenizer, vocabulary) = (TokenizerFile.Load(context.Run.TokenizerFile), VocabularyTable.Read(context.Run.TokenizerFile));
        var generator = new AnswerGenerator(model, options.Threads);
        Directory.CreateDirectory(context.Run.Drafts);
        var sets = ConversationSplit.Read(context.Run.Data, Split.Train).Where(c => options.Sources.Count == 0 || options.Sources.Contains(c.Source)).GroupBy(c => c.Source).ToArray();
        foreach (var (number, set) in sets.Index())
        {
            var drafted = Draft(set, number, tokenizer, vocabulary, generator, options, context, cancellationToken);
            var file = Path.Combine(context.Run.Drafts, set.Key + ".jsonl");
            File.WriteAllLines(file + ".new", drafted.Select(d => JsonSerializer.Serialize(d, DataJson.Lines.DraftedAnswers)));
            File.Move(file + ".new", file, overwrite: true);
            context.Reporter.Line($"  {set.Key}: {drafted.Count:N0} questions with drafts");
        }

        context.Reporter.Line($"drafts: {generator.Tokens:N0} tokens drawn, {generator.Tokens / generator.Time.TotalSeconds:N0} a second");
        return Task.CompletedTask;
    }

    private static List<DraftedAnswers> Draft(
        IEnumerable<Conversation> conversations, int set, Tokenizer tokenizer, VocabularyTable vocabulary, AnswerGenerator generator, DraftsOptions options, StageContext context, CancellationToken cancellationToken)
    {
        var asked = Spread.Over([.. conversations.Select(c => (Conversation: c, Prompt: Prompt(c, tokenizer, options))).Where(c => c.Prompt is not null)], options.PerSet);
        var drafted = new List<DraftedAnswers>();
        foreach (var batch in asked.Index().Chunk(RowsAtOnce))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var drafts = Enumerable.Range(0, options.Count)
                .Select(draft => generator.Answer([.. batch.Select(b => b.Item.Prompt!)], options.AnswerLength, options.Temperature, [.. batch.Select(b => HashCodes.Mix(context.Seed, set, b.Index, draft))]))
                .ToArray();
            foreach (var (i, (index, (conversation, _))) in batch.Index())
            {
                if (Ranked(conversation, drafts.Select(d => d[i]).Where(a => a.Ended).Select(a => TextCleaner.Clean(vocabulary.Decode(a.Ids))), HashCodes.Mix(context.Seed, set, index)) is { } answers) drafted.Add(answers);
            }

            context.Reporter.Progress("drafts", batch[^1].Index + 1, asked.Length);
        }

        return drafted;
    }

    // Drafts that were cut, that say nothing or that say the same are no rivals.
    private static DraftedAnswers? Ranked(Conversation conversation, IEnumerable<string> drafts, int seed)
    {
        var given = conversation.Messages[^1].Content;
        DraftedAnswers.Ranked[] answers = [new(given, 1), .. drafts.Distinct().Where(d => d.Length > 0 && d != given).Select(d => new DraftedAnswers.Ranked(d, 2))];
        new Random(seed).Shuffle(answers);
        return answers.Length > 1 ? new DraftedAnswers([.. conversation.Messages.SkipLast(1)], answers) : null;
    }

    private static IReadOnlyList<int>? Prompt(Conversation conversation, Tokenizer tokenizer, DraftsOptions options)
    {
        if (conversation.Messages.Count < 2 || tokenizer.CountTokens(conversation.Messages[^1].Content) >= options.AnswerLength) return null; // one is for EOS
        var prompt = EncodedConversation.Prompt(conversation.Messages.SkipLast(1).Select(m => (m.Role, m.Content)), tokenizer);
        return prompt.Count <= options.PromptLength ? prompt : null;
    }

    private static Llama Load(StageContext context, DraftsOptions options)
    {
        var tuned = new CheckpointFolder(context.Run.Sft, keep: 1);
        var start = tuned.Newest(options.PassOverDamaged, context.Reporter) ?? throw new StageException($"There is no checkpoint in {tuned.Folder}: run the stage `sft` first.");
        if (SafeTensorsFile.Hash(context.Run.TokenizerFile) != start.TokenizerSha256) throw new StageException($"{context.Run.TokenizerFile} is not the tokenizer that {tuned.Folder} was trained with: run `sft` again.");
        if (options.PromptLength + options.AnswerLength > start.Model.MaxPositions)
        {
            throw new StageException($"drafts.promptLength + drafts.answerLength ({options.PromptLength + options.AnswerLength}) is more than the model's maxPositions ({start.Model.MaxPositions}): lower them.");
        }

        var model = new Llama(start.Model, context.Seed, Devices.Open(context.Device));
        SafeTensorsFile.ReadInto(tuned.TensorFile(start.Step), model.named_parameters().Select(p => (p.name, (torch.Tensor)p.parameter)));
        return model;
    }
}
