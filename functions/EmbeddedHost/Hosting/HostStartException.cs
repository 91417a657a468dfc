namespace Microsoft.Azure.Functions.Worker.Hosting;

/// <summary>Ends the start with one line that says what is wrong and what to do.</summary>
internal sealed class HostStartException(string message, Exception? inner = null) : Exception(message, inner);
