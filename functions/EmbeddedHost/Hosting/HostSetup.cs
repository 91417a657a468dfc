using System.Reflection;

namespace Microsoft.Azure.Functions.Worker.Hosting;

/// <summary>What a host is made of; tests give their own folder and functions.</summary>
/// <param name="AppName">Names the app's data folder.</param>
/// <param name="Args">The command line: <c>--port 7071</c> and settings.</param>
/// <param name="ScriptRoot">The folder with host.json and local.settings.json.</param>
/// <param name="FunctionTypes">Where functions are looked for.</param>
internal sealed record HostSetup(string AppName, string[] Args, string ScriptRoot, IReadOnlyList<Type> FunctionTypes)
{
    /// <summary>Where the list of functions is printed.</summary>
    public TextWriter Output { get; init; } = Console.Out;

    public static HostSetup ForThisProcess(string[] args)
    {
        var app = Assembly.GetEntryAssembly() ?? throw new InvalidOperationException("The process has no entry assembly to look for functions in.");
        // The real host's own variable for the folder that its settings are in.
        var root = Environment.GetEnvironmentVariable("AzureWebJobsScriptRoot");
        return new HostSetup(app.GetName().Name!, args, string.IsNullOrEmpty(root) ? AppContext.BaseDirectory : Path.GetFullPath(root), app.GetTypes());
    }
}
