using ChatLoop.EmbeddedHost.Tests.Hosting;
using Microsoft.Azure.Functions.Worker.Hosting;
using Microsoft.Azure.Functions.Worker.Settings;
using Microsoft.Extensions.Configuration;

namespace ChatLoop.EmbeddedHost.Tests.Settings;

public sealed class LocalSettingsTests
{
    [Fact]
    public void Values_are_settings_with_sections_by_double_underscores()
    {
        var settings = Read("""
            {
              // Never deployed.
              "IsEncrypted": false,
              "Values": { "AzureWebJobsStorage": "UseDevelopmentStorage=true", "Chat__Seconds": 5, "Chat:Loud": true, },
              "Host": { "LocalHttpPort": 7171, "CORS": "*" }
            }
            """);

        Assert.Equal(7171, settings.LocalHttpPort);
        Assert.Equal(
            [("AzureWebJobsStorage", "UseDevelopmentStorage=true"), ("Chat:Loud", "True"), ("Chat:Seconds", "5")],
            settings.Values.Select(v => (v.Key, v.Value!)).Order());
    }

    [Fact]
    public void Without_the_file_there_are_none()
    {
        using var folder = new TemporaryFolder();

        var settings = LocalSettings.Read(folder.Path);

        Assert.Empty(settings.Values);
        Assert.Null(settings.LocalHttpPort);
    }

    [Theory]
    [InlineData("""{ "IsEncrypted": true }""", "local.settings.json is encrypted: run \"func settings decrypt\" or set IsEncrypted to false and enter the values again.")]
    [InlineData("""{ "Host": { "LocalHttpPort": "http" } }""", "local.settings.json: Host.LocalHttpPort is \"http\"; it must be a port from 0 to 65535.")]
    [InlineData("""{ "Host": { "LocalHttpPort": 65536 } }""", "local.settings.json: Host.LocalHttpPort is \"65536\"; it must be a port from 0 to 65535.")]
    [InlineData("""{ "Values": { "A__B": 1, "A:B": 2 } }""", "local.settings.json: Values holds A:B twice (\"__\" and \":\" mean the same): remove one.")]
    [InlineData("""{ "Values": """, "local.settings.json is not valid JSON, line 1: correct ")]
    public void A_wrong_file_is_told_in_one_line(string json, string line) =>
        Assert.StartsWith(line, Assert.Throws<HostStartException>(() => Read(json)).Message, StringComparison.Ordinal);

    [Fact]
    public void The_command_line_wins_over_the_file()
    {
        using var folder = new TemporaryFolder();
        var app = new TestApp
        {
            LocalSettings = """{ "Values": { "Word": "file", "Other": "file" } }""",
            Settings = new Dictionary<string, string> { ["Word"] = "line" },
        };

        var configuration = app.CreateBuilder(folder).Configuration;

        Assert.Equal(("line", "file"), (configuration["Word"], configuration["Other"]));
    }

    [Theory]
    [InlineData("guests", "guests")]
    [InlineData("%Queue%", "ask")]
    [InlineData("%Queues__Ask%-%Queue%", "deep-ask")]
    [InlineData("50%", "50%")]
    public void A_reference_is_replaced_by_its_setting(string text, string resolved)
    {
        var settings = new ConfigurationBuilder().AddInMemoryCollection([new("Queue", "ask"), new("Queues:Ask", "deep")]).Build();

        Assert.Equal(resolved, SettingReference.Resolve(text, settings, "Ask"));
    }

    private static LocalSettings Read(string json)
    {
        using var folder = new TemporaryFolder();
        folder.Write("local.settings.json", json);
        return LocalSettings.Read(folder.Path);
    }
}
