namespace Microsoft.Azure.Functions.Worker.Hosting;

/// <summary>Whether the host has come up. Until then .NET's host does not log a failure with its stack trace: we tell it in one line.</summary>
internal sealed class StartPhase
{
    public const string HostCategory = "Microsoft.Extensions.Hosting.Internal.Host";

    private volatile bool _isOver;

    public bool IsOver => _isOver;

    public void End() => _isOver = true;
}
