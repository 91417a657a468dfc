namespace ChatLoop.Core.Templates;

/// <summary>The templates cannot be used as they are; the message says what to mend, file by file.</summary>
public sealed class TemplateException(string message) : IOException(message);
