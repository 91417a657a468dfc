namespace ChatLoop.App.Streaming;

/// <summary>What the lines of a turn's blob come to, as far as they were read.</summary>
internal sealed class StreamState
{
    public long Position { get; private set; }

    /// <summary>The latest attempt that has begun.</summary>
    public int Attempt { get; private set; }

    /// <summary>What is released and stands.</summary>
    public string Released { get; private set; } = "";

    public bool Stopped { get; private set; }

    public bool Ended { get; private set; }

    /// <returns>Whether the line counts: a reader that was there from the start has seen it.</returns>
    public bool Apply(StreamLine line)
    {
        Position = line.Position;
        // An attempt that was taken for dead may still write; so may one whose turn has ended.
        if (Ended || (line.Attempt != 0 && line.Attempt < Attempt))
            return false;
        switch (line.Kind)
        {
            case StreamLineKind.Begin:
                Attempt = line.Attempt;
                break;
            case StreamLineKind.Text:
                Released += line.Text;
                break;
            case StreamLineKind.Reset:
                Released = "";
                break;
            case StreamLineKind.Stop:
                Stopped = true;
                break;
            case StreamLineKind.End:
                Ended = true;
                break;
        }

        return true;
    }

    public void Apply(IEnumerable<StreamLine> lines)
    {
        foreach (var line in lines)
            Apply(line);
    }
}
