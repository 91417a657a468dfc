namespace ChatLoop.App.Tests.Fakes;

/// <summary>Here the process would have ended.</summary>
internal sealed class CrashException : Exception;
