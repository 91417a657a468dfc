using System.Runtime.CompilerServices;
using ChatLoop.App.Streaming;
using ChatLoop.Core.Conversations;

namespace ChatLoop.App.OpenAi.Completions;

/// <summary>Answers as the turns' streams release them.</summary>
public sealed class ReleasedAnswers(ReleasedText released) : IAnswerReader
{
    async IAsyncEnumerable<AnswerPart> IAnswerReader.ReadAsync(string conversationId, string turnId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var happened in released.ReadAsync(conversationId, turnId, from: 0, cancellationToken))
        {
            switch (happened.Kind)
            {
                case TurnEventKind.Delta:
                    yield return new AnswerPart(happened.Text);
                    break;
                case TurnEventKind.Replaced:
                    yield return new AnswerPart("") { Replaces = true };
                    break;
                case TurnEventKind.Done:
                    yield return new AnswerPart("") { Answered = happened.Conversation!.ReadTurn(turnId) };
                    break;
            }
        }
    }
}
