namespace ChatLoop.Training.Data.Ranked;

/// <summary>Ranked answers that the trainer makes itself: the right one, one to another question, and the right one's words in a wrong order.</summary>
internal static class SyntheticRankings
{
    public static IEnumerable<Comparison> Make(int seed, int count)
    {
        var conversations = SyntheticText.Conversations(seed, count).ToArray();
        var random = new Random(seed + 2);
        foreach (var conversation in conversations)
        {
            var (prompt, right) = (Comparison.Ask(conversation.Messages[0].Content), conversation.Messages[1].Content);
            var words = right.TrimEnd('.').Split(' ');
            random.Shuffle(words);
            var other = conversations[random.Next(conversations.Length)].Messages[1].Content;
            var mixed = string.Join(' ', words) + ".";
            RankedAnswer[] answers = [new(prompt, right, 2), new(prompt, other, other == right ? 2 : 1), new(prompt, mixed, mixed == right ? 2 : 0)];
            random.Shuffle(answers);
            yield return Comparison.ByScore(SyntheticText.Set, conversation.Key, $"labeler-{random.Next(4)}", answers, orderKnown: true);
        }
    }
}
