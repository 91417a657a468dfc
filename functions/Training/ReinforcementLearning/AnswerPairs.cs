using ChatLoop.Core.Chat;
using ChatLoop.Training.Cli;
using ChatLoop.Training.Data;
using ChatLoop.Training.Data.Ranked;
using ChatLoop.Training.Rewards;
using ChatLoop.Training.SupervisedFineTuning;
using Microsoft.ML.Tokenizers;

namespace ChatLoop.Training.ReinforcementLearning;

/// <summary>The comparisons that the reward model trains on, pair by pair: DPO sees what PPO's reward model saw, and no held-out question.</summary>
internal static class AnswerPairs
{
    /// <exception cref="StageException">There is no folder of ranked answers, or no pair fits.</exception>
    public static IReadOnlyList<AnswerPair> Read(StageContext context, Tokenizer tokenizer, DpoOptions options)
    {
        AnswerPair[] pairs = [.. ComparisonReader.Training("reward", context).SelectMany(c => Of(c, tokenizer, options))];
        return pairs.Length > 0 ? pairs : throw new StageException("No pair of ranked answers fits: raise dpo.promptLength and dpo.answerLength, or bring ranked answers (Data/README.md).");
    }

    // Two answers make a pair only where they answer the same messages.
    private static IEnumerable<AnswerPair> Of(Comparison comparison, Tokenizer tokenizer, DpoOptions options)
    {
        foreach (var (better, worse) in comparison.Pairs.Select(p => (comparison.Answers[p.Better], comparison.Answers[p.Worse])))
        {
            if (!better.Prompt.SequenceEqual(worse.Prompt)) continue;
            var question = EncodedConversation.Prompt(better.Prompt.Select(m => (m.Role, m.Content)), tokenizer);
            var (chosen, rejected) = (Answer(better), Answer(worse));
            if (question.Count > options.PromptLength || chosen.Count > options.AnswerLength || rejected.Count > options.AnswerLength) continue;
            yield return new AnswerPair(new Question(better.Prompt[^1].Content, question, comparison.Source), chosen, rejected);

            // Encoded as fine-tuning encodes it, with the end token.
            List<int> Answer(RankedAnswer answer)
            {
                var whole = EncodedConversation.Of(new Conversation(comparison.Source, [.. answer.Prompt, new Message(ChatRole.Assistant, answer.Text)]), tokenizer, int.MaxValue)!;
                return [.. whole.Ids.Skip(question.Count).Select(id => (int)id)];
            }
        }
    }
}
