using ChatLoop.Core.Chat;
using ChatLoop.Training.Data;
using ChatLoop.Training.SupervisedFineTuning;
using Microsoft.ML.Tokenizers;

namespace ChatLoop.Training.ReinforcementLearning;

/// <summary>The questions of conversations: all up to the last user message, cut between messages, each once, none with personal data.</summary>
internal static class QuestionReader
{
    // Two questions that begin with the same so many characters are taken for one.
    private const int SamePrefix = 80;

    /// <param name="sources">Data sets to take; empty: all.</param>
    /// <param name="longest">Most tokens; the oldest messages are left out whole until it fits, and a question that never does is too.</param>
    public static IReadOnlyList<Question> Read(IEnumerable<Conversation> conversations, IReadOnlyList<string> sources, Tokenizer tokenizer, int longest)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var questions = new List<Question>();
        foreach (var conversation in conversations)
        {
            if (sources.Count > 0 && !sources.Contains(conversation.Source)) continue;
            var messages = conversation.Messages.Take(conversation.Messages.Count - 1).ToList(); // the last one is the answer
            if (messages.Count == 0 || messages[^1].Role != ChatRole.User || messages.Any(m => PersonalData.IsIn(m.Content))) continue;
            if (Fitting(messages, conversation.Source, tokenizer, longest) is not { } question) continue;
            if (seen.Add(question.Text.Length > SamePrefix ? question.Text[..SamePrefix] : question.Text)) questions.Add(question);
        }

        return questions;
    }

    /// <summary>One question of each set in turn, as long as it has any.</summary>
    public static IEnumerable<Question> InTurn(IEnumerable<Question> questions) =>
        questions.GroupBy(q => q.Source).SelectMany(set => set.Select((q, turn) => (Question: q, Turn: turn))).OrderBy(q => q.Turn).Select(q => q.Question);

    private static Question? Fitting(List<Message> messages, string source, Tokenizer tokenizer, int longest)
    {
        for (; messages.Count > 0; messages.RemoveAt(messages[0].Role == ChatRole.System && messages.Count > 1 ? 1 : 0))
        {
            if (messages.FirstOrDefault(m => m.Role != ChatRole.System)?.Role != ChatRole.User) continue; // an answer without its question
            var ids = EncodedConversation.Prompt(messages.Select(m => (m.Role, m.Content)), tokenizer);
            if (ids.Count <= longest) return new Question(string.Join('\n', messages.Select(m => m.Content)), ids, source);
        }

        return null;
    }
}
