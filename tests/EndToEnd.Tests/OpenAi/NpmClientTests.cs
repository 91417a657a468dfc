using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json.Nodes;

namespace ChatLoop.EndToEnd.Tests.OpenAi;

/// <summary>OpenAI's own npm package, with nothing changed but the address and the key.</summary>
[Collection(RunningAppCollection.Name)]
public sealed class NpmClientTests(RunningApp app)
{
    private const string Version = "7.55.0";

    [SkippableFact]
    public async Task The_npm_package_is_answered_as_by_OpenAI()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(5));
        var folder = await InstallAsync(patience.Token);
        File.Copy(Path.Combine(AppContext.BaseDirectory, "OpenAi", "client.mjs"), Path.Combine(folder, "client.mjs"), overwrite: true);

        var environment = new Dictionary<string, string>
        {
            ["BASE_URL"] = new Uri(app.Http.BaseAddress!, "v1").ToString(),
            ["API_KEY"] = await Key.MakeAsync(app.Http, "npm"),
        };
        var (code, output) = await RunAsync("node", ["client.mjs"], folder, environment, patience.Token);

        Assert.True(code == 0, output);
        var said = JsonNode.Parse(output)!;
        var whole = said["whole"]!;
        var text = ChatApi.Text(whole["choices"]![0]!["message"]!, "content");
        Assert.NotEmpty(text);
        Assert.StartsWith("req_", ChatApi.Text(said, "requestId"), StringComparison.Ordinal);
        Assert.Equal(text, ChatApi.Text(said, "streamed"));
        Assert.Equal(["assistant"], said["roles"]!.AsArray().Select(role => (string)role!));
        Assert.Equal(ChatApi.Text(whole["choices"]![0]!, "finish_reason"), ChatApi.Text(said, "finish"));
        Assert.Equal((int)whole["usage"]!["total_tokens"]!, (int)said["usage"]!["total_tokens"]!);
        Assert.Single(said["ids"]!.AsArray());
        Assert.True((string?)said["blocked"]!["choices"]?[0]?["finish_reason"] == "content_filter", $"{said["blocked"]}");
        Assert.Equal(["chatloop"], said["models"]!.AsArray().Select(model => (string)model!));
        Assert.Equal("chatloop", ChatApi.Text(said["model"]!, "id"));
        Assert.Equal([false, true], said["flagged"]!.AsArray().Select(flagged => (bool)flagged!));
        Assert.Equal(13, (int)said["categories"]!);
        var errors = said["errors"]!;
        Assert.Equal("AuthenticationError 401 invalid_api_key", Error(errors["key"]!));
        Assert.Equal("NotFoundError 404 model_not_found model", Error(errors["model"]!));
        Assert.Equal("BadRequestError 400 invalid_value temperature", Error(errors["parameter"]!));
        Assert.Equal("BadRequestError 400 unsupported_parameter tools", Error(errors["tools"]!));
        Assert.Equal("APIError 405 method_not_allowed", Error(errors["method"]!));
        Assert.Equal("NotFoundError 404 unknown_url", Error(errors["url"]!));
    }

    private static string Error(JsonNode error) => $"{error["kind"]} {error["status"]} {error["code"]} {error["param"]}".TrimEnd();

    /// <summary>Once for all runs of this version. Where npm or its registry is missing, the test is skipped and says so.</summary>
    private static async Task<string> InstallAsync(CancellationToken cancellationToken)
    {
        var folder = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), "chatloop-e2e", $"openai-npm-{Version}")).FullName;
        if (File.Exists(Path.Combine(folder, "node_modules", "openai", "package.json")))
            return folder;
        try
        {
            var (code, output) = await RunAsync("npm", ["install", "--no-audit", "--no-fund", "--prefix", folder, $"openai@{Version}"], folder, [], cancellationToken);
            Skip.If(code != 0, $"npm cannot install openai@{Version}: {output}");
        }
        catch (Win32Exception)
        {
            Skip.If(true, "This machine has no npm: install Node.js from https://nodejs.org to run this test.");
        }

        return folder;
    }

    private static async Task<(int Code, string Output)> RunAsync(
        string program, string[] arguments, string folder, Dictionary<string, string> environment, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var errors = process.StandardError.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return (process.ExitCode, process.ExitCode == 0 ? await output : await output + await errors);
    }
}
