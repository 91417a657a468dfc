using ChatLoop.Training.Checkpoints;
using ChatLoop.Training.Cli;
using ChatLoop.Training.Data;
using ChatLoop.Training.Modeling;
using ChatLoop.Training.Optimization;
using ChatLoop.Training.Pretraining;
using ChatLoop.Training.Rewards;
using ChatLoop.Training.Tokenization;
using Microsoft.ML.Tokenizers;
using TorchSharp;

namespace ChatLoop.Training.ReinforcementLearning;

/// <summary>What `ppo` and `dpo` start from: the fine-tuned model twice, once to train and once frozen as the reference.</summary>
internal sealed class StartingPolicy : IDisposable
{
    private readonly string _stage;

    /// <exception cref="StageException">There is no fine-tuned model, or another tokenizer, or answers do not fit.</exception>
    public StartingPolicy(StageContext context, PreferenceOptions options, string stage)
    {
        _stage = stage;
        var folder = new CheckpointFolder(context.Run.Sft, keep: 1);
        var start = folder.Newest(options.PassOverDamaged, context.Reporter) ?? throw new StageException($"There is no checkpoint in {folder.Folder}: run the stage `sft` first.");
        TokenizerSha256 = SafeTensorsFile.Hash(context.Run.TokenizerFile);
        if (TokenizerSha256 != start.TokenizerSha256) throw new StageException($"{context.Run.TokenizerFile} is not the tokenizer that {folder.Folder} was trained with: run `sft` again.");
        if (options.PromptLength + options.AnswerLength > start.Model.MaxPositions)
        {
            throw new StageException($"{stage}.promptLength + {stage}.answerLength ({options.PromptLength + options.AnswerLength}) is more than the model's maxPositions ({start.Model.MaxPositions}): lower them.");
        }

        Policy = new Llama(start.Model, context.Seed, Devices.Open(context.Device));
        SafeTensorsFile.ReadInto(folder.TensorFile(start.Step), Policy.named_parameters().Select(p => (p.name, (torch.Tensor)p.parameter)));
        (Reference, Step) = (Copies.Of(Policy), start.Step);
        Tokenizer = TokenizerFile.Load(context.Run.TokenizerFile);
        Vocabulary = VocabularyTable.Read(context.Run.TokenizerFile);
    }

    public Llama Policy { get; }

    public Llama Reference { get; }

    public Tokenizer Tokenizer { get; }

    public VocabularyTable Vocabulary { get; }

    public string TokenizerSha256 { get; }

    /// <summary>The fine-tuning step whose weights these are.</summary>
    public long Step { get; }

    /// <summary>The files that decide, with its section, what `ppo` or `dpo` makes.</summary>
    public static IReadOnlyList<string> Inputs(StageContext context, PreferenceOptions options)
    {
        var (reward, judge) = Scorers.Folders(context.Run, options);
        return
        [
            CheckpointFolder.NewestFiles(context.Run.Sft)?.Tensors ?? context.Run.Sft, context.Run.TokenizerFile,
            QuestionSplit.FileOf(context, Split.Train), QuestionSplit.FileOf(context, Split.Val),
            .. RewardFile.FilesOf(reward), .. RewardFile.FilesOf(judge),
        ];
    }

    /// <summary>The questions to train on, evenly at most so many of each set.</summary>
    /// <exception cref="StageException">Too few fit.</exception>
    public IReadOnlyList<Question> Questions(StageContext context, PreferenceOptions options) =>
        [.. Read(context, options, Split.Train, options.MinQuestions).GroupBy(q => q.Source).SelectMany(set => Spread.Over([.. set], options.QuestionsPerSource))];

    /// <summary>The held-out questions that evaluations ask.</summary>
    /// <exception cref="StageException">No question fits.</exception>
    public IReadOnlyList<Question> HeldOut(StageContext context, PreferenceOptions options) =>
        [.. QuestionReader.InTurn(Read(context, options, Split.Val, least: 1)).Take(options.EvaluationPrompts)];

    public void Dispose()
    {
        Policy.Dispose();
        Reference.Dispose();
    }

    private IReadOnlyList<Question> Read(StageContext context, PreferenceOptions options, Split split, int least)
    {
        var questions = QuestionReader.Read(QuestionSplit.Read(context, split), options.Sources, Tokenizer, options.PromptLength);
        if (questions.Count >= least) return questions;
        var (purpose, where) = split == Split.Train ? ("to train on", $"{_stage}.minQuestions") : ("held out", "data.heldOutQuestions, data.valShare");
        throw new StageException($"{_stage}: {questions.Count} questions {purpose} fit into {options.PromptLength} tokens, at least {least} are needed ({where}): collect more, raise {_stage}.promptLength, or name other sources.");
    }
}
