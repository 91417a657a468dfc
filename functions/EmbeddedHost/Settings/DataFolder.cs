using Microsoft.Extensions.Configuration;

namespace Microsoft.Azure.Functions.Worker.Settings;

/// <summary>Where one app's durable history and timers are kept; <c>EmbeddedHost__DataPath</c> moves it.</summary>
internal sealed record DataFolder(string Path)
{
    public static DataFolder For(string appName, IConfiguration settings) =>
        new(settings["EmbeddedHost:DataPath"] is { Length: > 0 } path
            ? System.IO.Path.GetFullPath(path)
            : System.IO.Path.Combine(Shared, appName));

    /// <summary>What all apps of this user share: the installed Azurite and the development account's data.</summary>
    public static string Shared => System.IO.Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create),
        "functions-embedded-host");
}
