namespace ChatLoop.Training.Cli;

/// <summary>Something the user can mend: its message is the one line the command ends with, and says what to do.</summary>
internal sealed class StageException : Exception
{
    public StageException()
    {
    }

    public StageException(string message)
        : base(message)
    {
    }

    public StageException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
