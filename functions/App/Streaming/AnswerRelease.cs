using ChatLoop.App.Chat;
using ChatLoop.App.Moderation;
using ChatLoop.Core.Conversations;
using ChatLoop.Core.Moderation;
using Microsoft.Extensions.Logging;

namespace ChatLoop.App.Streaming;

/// <summary>
/// Releases one attempt at an answer: each chunk is moderated with what stands before it, and only then appended. An attempt after a
/// crash is silent while it repeats what was released, and takes that back where it says something else.
/// </summary>
internal sealed class AnswerRelease(Turn turn, StreamState state, TurnStreams streams, TurnModerator moderator, StreamingOptions options, ILogger logger)
{
    private readonly int attempt = state.Attempt + 1;
    private int judged;

    // Where sentences were taken out, what is written goes on behind what was released in their place.
    private (int Written, string Released) masked = (0, "");

    public string Released => state.Released;

    /// <summary>The verdict on the text that was blocked.</summary>
    public StepResult? Verdict { get; private set; }

    /// <summary>Notes that this attempt begins.</summary>
    public async Task<Passing> BeginAsync(CancellationToken cancellationToken) =>
        state.Stopped || state.Ended ? Passing.Stopped : await AppendAsync(new StreamLine(StreamLineKind.Begin, attempt), cancellationToken);

    /// <param name="written">All that the model has written so far.</param>
    public async Task<Passing> OfferAsync(string written, CancellationToken cancellationToken)
    {
        written = masked.Released + written[masked.Written..];
        var repeats = written.Length < Released.Length ? Released.StartsWith(written, StringComparison.Ordinal) : written.StartsWith(Released, StringComparison.Ordinal);
        if (!repeats)
        {
            logger.AttemptDiffers(turn.Id, attempt, Released.Length);
            if (await AppendAsync(new StreamLine(StreamLineKind.Reset, attempt), cancellationToken) is var passing and not Passing.GoesOn)
                return passing;
        }

        if (written.Length <= Released.Length)
            return Passing.GoesOn;
        // Less at first: the first words are what a reader waits for.
        var border = Borders.Find(written, Released.Length, Released.Length == 0 ? options.ChunkCharacters / 4 : options.ChunkCharacters);
        return border > Math.Max(judged, Released.Length) ? await ReleaseAsync(written[..border], cancellationToken) : Passing.GoesOn;
    }

    private async Task<Passing> ReleaseAsync(string text, CancellationToken cancellationToken)
    {
        judged = text.Length;
        var chunk = text[Released.Length..];
        ScreenedText screened;
        try
        {
            screened = await moderator.ScreenAsync(turn, chunk, ModerationDirection.Answer, Window(Released), cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // What could not be judged is held back until the next border; the moderation of the whole answer decides in the end.
            logger.ChunkNotJudged(turn.Id, text.Length, e);
            return Passing.GoesOn;
        }

        if (!screened.Result.Passed)
        {
            Verdict = screened.Result;
            return Passing.Blocked;
        }

        var passing = await AppendAsync(new StreamLine(StreamLineKind.Text, attempt, screened.Text), cancellationToken);
        if (screened.Text != chunk)
            (masked, judged) = ((text.Length - masked.Released.Length + masked.Written, Released), Released.Length);
        return passing;
    }

    /// <summary>As much before a chunk as is moderated along, from the start of a word.</summary>
    private string Window(string released)
    {
        var start = released.Length - options.ContextCharacters;
        if (start <= 0)
            return released;
        var space = released.AsSpan(start).IndexOfAny(' ', '\n');
        return released[(start + Math.Max(space, 0))..];
    }

    private async Task<Passing> AppendAsync(StreamLine line, CancellationToken cancellationToken)
    {
        if (await streams.TryAppendAsync(turn.Id, line, state.Position, cancellationToken) is { } position)
        {
            state.Apply(line with { Position = position });
            return Passing.GoesOn;
        }

        // Purged with its conversation.
        if (await streams.ReadAsync(turn.Id, state.Position, cancellationToken) is not { } others)
            return Passing.Stopped;
        // A request whose answer was lost is sent again by the client: then the line is there.
        var isOurs = others is [var first, ..] && first with { Position = 0 } == line;
        state.Apply(others);
        if (state.Stopped || state.Ended)
            return Passing.Stopped;
        if (state.Attempt > attempt)
            throw new InvalidOperationException($"Attempt {state.Attempt} writes the answer of turn {turn.Id}; attempt {attempt} gives way.");
        return isOurs ? Passing.GoesOn : await AppendAsync(line, cancellationToken);
    }
}
