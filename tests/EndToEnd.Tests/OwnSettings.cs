namespace ChatLoop.EndToEnd.Tests;

/// <summary>Settings under which an app that a test starts keeps everything of its own, away from the developer's and from other tests'.</summary>
internal static class OwnSettings
{
    // Azurite's published development account: no secret.
    private const string Account = "DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;AccountKey=Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    public static Dictionary<string, string> Create()
    {
        var folder = Path.Combine(Path.GetTempPath(), "chatloop-e2e", Guid.NewGuid().ToString("N"));
        return new()
        {
            ["EmbeddedHost__DataPath"] = folder,
            ["EmbeddedHost__Azurite__DataPath"] = Path.Combine(folder, "azurite"),
            // Tests watch the figures as they change.
            ["Dashboard__KeepFor"] = "00:00:00",
            ["AzureWebJobsStorage"] = $"{Account};{Endpoint("Blob")};{Endpoint("Queue")};{Endpoint("Table")}",
        };
    }

    private static string Endpoint(string service) => $"{service}Endpoint=http://127.0.0.1:{AppProcess.FreePort()}/devstoreaccount1";
}
