using ChatLoop.Training.Cli;
using ChatLoop.Training.Data;
using ChatLoop.Training.Rewards;

namespace ChatLoop.Training.ReinforcementLearning;

/// <summary>Trains the fine-tuned model on comparisons directly: the baseline that PPO has to beat.</summary>
internal sealed class DpoStage : IStage
{
    public string Name => "dpo";

    public string Description => "Improves the chat model by DPO on ranked answers.";

    public IReadOnlyList<string> Inputs(StageContext context) => !context.Recipe.Has(Name) ? [] : [.. StartingPolicy.Inputs(context, context.Options<DpoOptions>(Name)), .. ComparisonReader.Inputs("reward", context)];

    public Task RunAsync(StageContext context, CancellationToken cancellationToken)
    {
        if (!context.Recipe.Has(Name))
        {
            context.Reporter.Line("dpo: the recipe has no section 'dpo', so there is nothing to train.");
            return Task.CompletedTask;
        }

        var options = context.Options<DpoOptions>(Name);
        using var start = new StartingPolicy(context, options, Name);
        using var scorers = new Scorers(context, options, start);
        var pairs = AnswerPairs.Read(context, start.Tokenizer, options);
        var held = start.HeldOut(context, options);
        var steps = options.Epochs * (long)Math.Ceiling((double)pairs.Count / options.BatchRows);
        using var learner = new DpoLearner(start.Policy, start.Reference, pairs, options, context.Seed);
        context.Reporter.Line($"dpo: from step {start.Step:N0} of sft, {pairs.Count:N0} pairs, {options.Epochs} epoch(s), {steps:N0} steps of {options.BatchRows}; β {options.Coefficient}");

        var evaluation = new PolicyEvaluation(start.Reference, scorers.Reward, scorers.Judge, held, start.Vocabulary.Decode, options, options.Temperature, context.Seed);
        new PreferenceLoop(Name, learner, evaluation, options, steps, context.Run.Dpo, start.TokenizerSha256, context).Run(cancellationToken);
        return Task.CompletedTask;
    }
}
