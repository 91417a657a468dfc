namespace ChatLoop.App.Improvement.Training;

/// <summary>Training cannot be started as things are set up; the message says what to do.</summary>
public sealed class TrainingSetupException : Exception
{
    public TrainingSetupException()
    {
    }

    public TrainingSetupException(string message)
        : base(message)
    {
    }

    public TrainingSetupException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
