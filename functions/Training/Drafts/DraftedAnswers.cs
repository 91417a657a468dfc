using ChatLoop.Training.Data;

namespace ChatLoop.Training.Drafts;

/// <summary>One line of a drafts file, in the format of ranked answers (Data/README.md): the given answer is ranked 1, the drafts 2.</summary>
internal sealed record DraftedAnswers(IReadOnlyList<Message> Prompt, IReadOnlyList<DraftedAnswers.Ranked> Answers)
{
    internal sealed record Ranked(string Text, int Rank);
}
