using ChatLoop.Training.Cli;
using ChatLoop.Training.Data;
using ChatLoop.Training.SupervisedFineTuning;

namespace ChatLoop.Training.ReinforcementLearning;

/// <summary>Trains the fine-tuned model on the reward model's scores of its own answers (Ouyang et al. 2022, arXiv:2203.02155, §3.5).</summary>
internal sealed class PpoStage : IStage
{
    public string Name => "ppo";

    public string Description => "Improves the chat model by PPO on the reward model's scores.";

    public IReadOnlyList<string> Inputs(StageContext context) => !context.Recipe.Has(Name) ? [] : StartingPolicy.Inputs(context, context.Options<PpoOptions>(Name));

    public Task RunAsync(StageContext context, CancellationToken cancellationToken)
    {
        if (!context.Recipe.Has(Name))
        {
            context.Reporter.Line("ppo: the recipe has no section 'ppo', so there is nothing to train.");
            return Task.CompletedTask;
        }

        var options = context.Options<PpoOptions>(Name);
        using var start = new StartingPolicy(context, options, Name);
        using var scorers = new Scorers(context, options, start);
        using var value = ValueNetwork.From(scorers.Reward.Model);
        var questions = start.Questions(context, options);
        var held = start.HeldOut(context, options);
        using var learner = new PpoLearner(start.Policy, start.Reference, value, scorers.Reward, new QuestionSource(questions, context.Seed), Pretraining(context, options, start), options, context.Seed);
        context.Reporter.Line($"ppo: from step {start.Step:N0} of sft, {questions.Count:N0} questions, {options.TotalSteps:N0} steps of {options.BatchRows} answers of at most {options.AnswerLength} tokens");
        context.Reporter.Line($"  {options.Epochs} epochs of {options.Minibatches} minibatches; β {options.KlCoefficient}{(options.KlTarget is { } target ? $", steered to {target} nats" : "")}");

        var evaluation = new PolicyEvaluation(start.Reference, scorers.Reward, scorers.Judge, held, start.Vocabulary.Decode, options, options.Temperature, context.Seed);
        if (options.NormalizeReward) learner.Scale = RewardScale.Of(evaluation.ReferenceRewards);
        new PreferenceLoop(Name, learner, evaluation, options, options.TotalSteps, context.Run.Ppo, start.TokenizerSha256, context).Run(cancellationToken);
        return Task.CompletedTask;
    }

    // The same conversations as fine-tuning's, in its mixture.
    private static ConversationPacker? Pretraining(StageContext context, PpoOptions options, StartingPolicy start)
    {
        if (options.PretrainingMix == 0) return null;
        var sft = context.Options<SftOptions>("sft");
        var conversations = ConversationSplit.Read(context.Run.Data, Split.Train).Select(c => EncodedConversation.Of(c, start.Tokenizer, sft.SequenceLength)).OfType<EncodedConversation>();
        return new ConversationPacker(conversations, sft.Mixture, sft.BatchRows, sft.SequenceLength, context.Seed);
    }
}
