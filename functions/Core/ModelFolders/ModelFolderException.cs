namespace ChatLoop.Core.ModelFolders;

/// <summary>A model folder that cannot be used: the message names the file and the reason, and says what to do.</summary>
public sealed class ModelFolderException : IOException
{
    public ModelFolderException()
    {
    }

    public ModelFolderException(string message)
        : base(message)
    {
    }

    public ModelFolderException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>One file of a folder, and what is wrong with it.</summary>
    public ModelFolderException(string folder, string file, string reason, Exception? innerException = null)
        : base($"Model folder {folder}: {file}: {reason}", innerException)
    {
    }
}
