using System.Runtime.CompilerServices;
using ChatLoop.App.Conversations;
using ChatLoop.Core.Conversations;

namespace ChatLoop.App.Streaming;

/// <summary>Reads a turn along while it is answered, by whichever instance, and from wherever a reader got to. All of it passed moderation.</summary>
public sealed class ReleasedText(ConversationStore conversations, TurnStreams streams, TimeProvider time)
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(320);

    // The line that tells of the end comes right after the reply, unless the process ends in between.
    private static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(2);

    /// <summary>Ends with <see cref="TurnEventKind.Done"/>. Deltas put together, from the last Replaced on, are the text of the stored reply, unless it has two drafts.</summary>
    /// <param name="from">The position of the last event that was seen; 0 for all.</param>
    /// <exception cref="KeyNotFoundException">The conversation or turn is not there, or is purged meanwhile.</exception>
    internal async IAsyncEnumerable<TurnEvent> ReadAsync(string conversationId, string turnId, long from, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var state = new StreamState();
        var conversation = await conversations.ReadAsync(conversationId, cancellationToken);
        if (from == 0 && conversation.ReadTurn(turnId).Reply is null)
            yield return new TurnEvent(TurnEventKind.Queued, 0) { Conversation = conversation };

        var (pause, asked) = (ShortestPause, time.GetTimestamp());
        while (true)
        {
            var answered = conversation.ReadTurn(turnId).Reply is not null;
            var lines = await streams.ReadAsync(turnId, state.Position, cancellationToken);
            foreach (var line in lines ?? [])
                if (Event(line, state) is { } released && released.Position > from)
                    yield return released;

            if (answered)
                break;
            if (lines is null || state.Ended || (lines.Count == 0 && time.GetElapsedTime(asked) > LongestSilence))
            {
                // No blob: nothing is released of this turn, or not yet.
                (conversation, asked) = (await conversations.ReadAsync(conversationId, cancellationToken), time.GetTimestamp());
                if (conversation.ReadTurn(turnId).Reply is not null)
                    continue;
            }

            pause = lines is [_, ..] ? ShortestPause : pause * 1.3 < LongestPause ? pause * 1.3 : LongestPause;
            await Task.Delay(pause, time, cancellationToken);
        }

        if (from < TurnEvent.Rest && Ending(conversation.ReadTurn(turnId).Reply!, state.Released) is { } ending)
            yield return ending;
        yield return new TurnEvent(TurnEventKind.Done, TurnEvent.Rest + 1) { Conversation = conversation };
    }

    private static TurnEvent? Event(StreamLine line, StreamState state)
    {
        var first = state.Attempt == 0;
        if (!state.Apply(line))
            return null;
        return line.Kind switch
        {
            StreamLineKind.Begin when first => new TurnEvent(TurnEventKind.Moderated, line.Position),
            StreamLineKind.Text => new TurnEvent(TurnEventKind.Delta, line.Position) { Text = line.Text! },
            StreamLineKind.Reset => new TurnEvent(TurnEventKind.Replaced, line.Position),
            _ => null,
        };
    }

    private static TurnEvent? Ending(Reply reply, string released) => reply switch
    {
        { Template: { } template } => new TurnEvent(TurnEventKind.Replaced, TurnEvent.Rest) { Text = reply.Text, Template = template },
        { Drafts: not null } => null,
        _ when reply.Text == released => null,
        // The last chunk is not released by itself: the moderation of the whole has judged it.
        _ when reply.Text.StartsWith(released, StringComparison.Ordinal) => new TurnEvent(TurnEventKind.Delta, TurnEvent.Rest) { Text = reply.Text[released.Length..] },
        _ => new TurnEvent(TurnEventKind.Replaced, TurnEvent.Rest) { Text = reply.Text },
    };
}
