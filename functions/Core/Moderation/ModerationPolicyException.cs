namespace ChatLoop.Core.Moderation;

/// <summary>A policy file that cannot be used: the message names the file, the entry and what to mend.</summary>
public sealed class ModerationPolicyException : IOException
{
    public ModerationPolicyException()
    {
    }

    public ModerationPolicyException(string message)
        : base(message)
    {
    }

    public ModerationPolicyException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
