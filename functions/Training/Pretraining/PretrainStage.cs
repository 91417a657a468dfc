using ChatLoop.Training.Base;
using ChatLoop.Training.Checkpoints;
using ChatLoop.Training.Cli;
using ChatLoop.Training.Modeling;
using ChatLoop.Training.Optimization;
using TorchSharp;

namespace ChatLoop.Training.Pretraining;

/// <summary>Trains a decoder on the token shards to predict the next token.</summary>
/// <remarks>
/// Rows run over document borders and attention is not cut there: the texts are books and chapters, so few rows have a
/// border, `&lt;|begin|&gt;` marks it, and plain causal attention is the faster kernel.
/// </remarks>
internal sealed class PretrainStage : IStage
{
    public string Name => "pretrain";

    public string Description => "Trains the language model on the token shards.";

    public IReadOnlyList<string> Inputs(StageContext context) => BaseModel.IsUsed(context) ? [] : [context.Run.Shards, context.Run.TokenizerFile];

    public Task RunAsync(StageContext context, CancellationToken cancellationToken)
    {
        if (BaseModel.IsUsed(context))
        {
            context.Reporter.Line("pretrain: the run starts from a base model.");
            return Task.CompletedTask;
        }

        var options = context.Options<PretrainOptions>(Name);
        var shards = TokenShards.Read(context.Run.Shards);
        var vocabulary = VocabularyTable.Read(context.Run.TokenizerFile);
        var device = Devices.Open(context.Device);
        using var model = new Llama(options.Model with { VocabularySize = shards.Index.VocabularySize }, context.Seed, device);
        var sampler = new MixtureSampler(shards.Train, shards.Index.Train.Sets, options.Mixture, options.BatchRows, options.SequenceLength, context.Seed);
        var validation = new TextValidation(model, shards.Val, vocabulary, options.SequenceLength, options.ValidationRows);
        var rowsInAll = options.TotalSteps * options.BatchRows * options.Accumulation;
        context.Reporter.Line($"pretrain: {model.Config.ParameterCount:N0} parameters, {options.TotalSteps:N0} steps of {options.BatchRows * options.Accumulation} × {options.SequenceLength} tokens, {options.TotalTokens:N0} in all");
        foreach (var (name, share, epochs) in sampler.Shares(rowsInAll)) context.Reporter.Line($"  {share,6:P1} {name}, {epochs:F2} epochs");
        context.Reporter.Line($"  validation on {validation.Tokens:N0} tokens, {validation.Bytes:N0} bytes; the rate decays from step {options.Schedule.DecayStart(options.TotalSteps):N0}");
        using var learner = new LanguageLearner(model, sampler, options);
        var loop = new TrainingLoop(learner, options, options.TotalSteps, new CheckpointFolder(context.Run.Pretrain, options.KeepCheckpoints), context)
        {
            Name = Name,
            TokenizerSha256 = shards.Index.TokenizerSha256,
            Validate = validation.Run,
            Sample = () => Samples(model, vocabulary, options, context.Seed),
        };
        loop.Run(options.PassOverDamaged, cancellationToken);
        return Task.CompletedTask;
    }

    private static IEnumerable<(string Prompt, string Text)> Samples(Llama model, VocabularyTable vocabulary, PretrainOptions options, int seed)
    {
        var made = SampleGenerator.Continue(model, [vocabulary.Special["<|begin|>"]], vocabulary.Special["<|end|>"], options.SampleLength, 0.8, 40, seed);
        yield return ("", vocabulary.Decode(made));
    }
}
