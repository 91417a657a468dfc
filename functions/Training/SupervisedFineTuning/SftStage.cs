using ChatLoop.Core.Chat;
using ChatLoop.Training.Base;
using ChatLoop.Training.Checkpoints;
using ChatLoop.Training.Cli;
using ChatLoop.Training.Data;
using ChatLoop.Training.Modeling;
using ChatLoop.Training.Optimization;
using ChatLoop.Training.Pretraining;
using ChatLoop.Training.Tokenization;
using Microsoft.ML.Tokenizers;
using TorchSharp;

namespace ChatLoop.Training.SupervisedFineTuning;

/// <summary>Trains the pre-trained decoder to answer: conversations in the chat template, loss on the assistant's tokens alone.</summary>
internal sealed class SftStage : IStage
{
    public string Name => "sft";

    public string Description => "Fine-tunes the language model on conversations.";

    // The tensors alone: the state beside them tells how long they took.
    public IReadOnlyList<string> Inputs(StageContext context) =>
        [CheckpointFolder.NewestFiles(BaseModel.StartOfSft(context).Folder)?.Tensors ?? BaseModel.StartOfSft(context).Folder, context.Run.TokenizerFile, ConversationSplit.FileOf(context.Run.Data, Split.Train), ConversationSplit.FileOf(context.Run.Data, Split.Val)];

    public Task RunAsync(StageContext context, CancellationToken cancellationToken)
    {
        var options = context.Options<SftOptions>(Name);
        if (BaseModel.IsUsed(context) && WhyNot(context, options) is { } reason)
        {
            BaseModel.TakeOver(context.Run);
            context.Reporter.Line($"sft: the base model is taken over as it is: {reason}");
            return Task.CompletedTask;
        }

        var (folder, stage) = BaseModel.StartOfSft(context);
        var pretrained = new CheckpointFolder(folder, keep: 1);
        var start = pretrained.Newest(options.PassOverDamaged, context.Reporter)
            ?? throw new StageException($"There is no checkpoint in {pretrained.Folder}: run the stage `{stage}` first.");
        if (options.SequenceLength > start.Model.MaxPositions)
        {
            throw new StageException($"sft.sequenceLength ({options.SequenceLength}) is more than the model's maxPositions ({start.Model.MaxPositions}).");
        }

        if (SafeTensorsFile.Hash(context.Run.TokenizerFile) != start.TokenizerSha256)
        {
            throw new StageException($"{context.Run.TokenizerFile} is not the tokenizer that {pretrained.Folder} was trained with: run `{stage}` again.");
        }

        var tokenizer = TokenizerFile.Load(context.Run.TokenizerFile);
        using var model = new Llama(start.Model, context.Seed, Devices.Open(context.Device));
        SafeTensorsFile.ReadInto(pretrained.TensorFile(start.Step), model.named_parameters().Select(p => (p.name, (torch.Tensor)p.parameter)));
        var training = Encode(context, Split.Train, tokenizer, options.SequenceLength);
        var held = Encode(context, Split.Val, tokenizer, options.SequenceLength);
        var packer = new ConversationPacker(training, options.Mixture, options.BatchRows, options.SequenceLength, context.Seed);
        var sources = packer.Shares(options.TotalTokens).ToArray();
        // Evenly over the whole, so that every source is in it.
        var validation = Spread.Over([.. held.Where(c => sources.Any(s => s.Name == c.Source))], options.ValidationConversations);
        context.Reporter.Line($"sft: from step {start.Step:N0} of {stage}, {training.Length:N0} conversations, {options.TotalSteps:N0} steps of {options.BatchRows * options.Accumulation} × {options.SequenceLength} tokens");
        foreach (var (source, share, epochs) in sources) context.Reporter.Line($"  {share,6:P1} {source}, {epochs:F2} epochs");
        context.Reporter.Line($"  validation on {validation.Length:N0} held-out conversations; the rate decays from step {options.Schedule.DecayStart(options.TotalSteps):N0}");

        var vocabulary = VocabularyTable.Read(context.Run.TokenizerFile);
        using var learner = new LanguageLearner(model, packer, options);
        var loop = new TrainingLoop(learner, options, options.TotalSteps, new CheckpointFolder(context.Run.Sft, options.KeepCheckpoints), context)
        {
            Name = Name,
            TokenizerSha256 = start.TokenizerSha256,
            Validate = new ConversationValidation(model, validation, options.SequenceLength).Run,
            Sample = () => options.SamplePrompts.Select(p => (p, Answer(model, tokenizer, vocabulary, p, options, context.Seed))),
        };
        loop.Run(options.PassOverDamaged, cancellationToken);
        return Task.CompletedTask;
    }

    // Why a base model is not fine-tuned, in words; null where it is.
    private static string? WhyNot(StageContext context, SftOptions options)
    {
        if (!context.Recipe.Has("sft")) return "the recipe has no section 'sft'.";
        var (train, held) = (ConversationSplit.Read(context.Run.Data, Split.Train).Count(), ConversationSplit.Read(context.Run.Data, Split.Val).Count());
        if (train < options.MinConversations) return $"there are {train} demonstrations to train on, at least {options.MinConversations} are needed (sft.minConversations).";
        return held == 0 ? "no demonstration is held out to validate on; at least 1 is needed (data.valShare)." : null;
    }

    private static string Answer(Llama model, Tokenizer tokenizer, VocabularyTable vocabulary, string question, SftOptions options, int seed)
    {
        var prompt = EncodedConversation.Prompt([(ChatRole.User, question)], tokenizer);
        return vocabulary.Decode(SampleGenerator.Continue(model, prompt, SpecialTokens.EndId, options.SampleLength, options.SampleTemperature, topK: 40, seed));
    }

    private static EncodedConversation[] Encode(StageContext context, Split split, Tokenizer tokenizer, int longest)
    {
        var all = ConversationSplit.Read(context.Run.Data, split).ToArray();
        var encoded = all.AsParallel().AsOrdered().Select(c => EncodedConversation.Of(c, tokenizer, longest)).OfType<EncodedConversation>().ToArray();
        if (encoded.Length == 0) throw new StageException($"No conversation of the {split} split fits into {longest} tokens: raise sft.sequenceLength, or bring conversations.");
        if (encoded.Length < all.Length) context.Reporter.Line($"  {all.Length - encoded.Length:N0} of {all.Length:N0} conversations ({split}) have no answer within {longest} tokens and are left out");
        return encoded;
    }
}
