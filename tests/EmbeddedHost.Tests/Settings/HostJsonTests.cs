using ChatLoop.EmbeddedHost.Tests.Hosting;
using Microsoft.Azure.Functions.Worker.Hosting;
using Microsoft.Azure.Functions.Worker.Settings;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace ChatLoop.EmbeddedHost.Tests.Settings;

public sealed class HostJsonTests
{
    [Fact]
    public void Without_settings_Azures_defaults_hold()
    {
        var settings = Read("""{ "version": "2.0" }""");

        Assert.Equal("api", settings.RoutePrefix);
        Assert.Equal(new QueueSettings
        {
            BatchSize = 16,
            NewBatchThreshold = 8,
            MaxDequeueCount = 5,
            VisibilityTimeout = TimeSpan.Zero,
            MaxPollingInterval = TimeSpan.FromMinutes(1),
            Base64 = true,
        }, settings.Queues);
        Assert.Equal(TimeSpan.FromMinutes(30), settings.FunctionTimeout);
        Assert.Empty(settings.Unknown);
    }

    [Fact]
    public void Every_setting_is_read_whatever_its_case_with_comments_and_trailing_commas()
    {
        var settings = Read("""
            {
              // The schema, not the app.
              "Version": "2.0",
              "functionTimeout": "-1",
              "logging": { "logLevel": { "default": "Debug", "Function.Ask": "none" } },
              "extensions": {
                "HTTP": { "routePrefix": "v1", "customHeaders": { "X-A": "1" } }, /* prefix */
                "queues": {
                  "batchsize": "32", "newBatchThreshold": 0, "maxDequeueCount": 1, "visibilityTimeout": "1.00:00:00",
                  "maxPollingInterval": "00:00:00.1", "messageEncoding": "None",
                },
                "durableTask": {
                  "hubName": "Hub", "defaultVersion": "2", "maxConcurrentActivityFunctions": 3, "maxConcurrentOrchestratorFunctions": 4,
                  "storageProvider": { "maxQueuePollingInterval": "00:00:01" },
                },
              },
            }
            """);

        Assert.Equal("v1", settings.RoutePrefix);
        Assert.Equal("1", settings.CustomHeaders["X-A"]);
        Assert.Equal(Timeout.InfiniteTimeSpan, settings.FunctionTimeout);
        Assert.Equal(new QueueSettings
        {
            BatchSize = 32,
            NewBatchThreshold = 0,
            MaxDequeueCount = 1,
            VisibilityTimeout = TimeSpan.FromDays(1),
            MaxPollingInterval = TimeSpan.FromMilliseconds(100),
            Base64 = false,
        }, settings.Queues);
        Assert.Equal(new DurableSettings { HubName = "Hub", DefaultVersion = "2", MaxConcurrentActivities = 3, MaxConcurrentOrchestrators = 4 }, settings.Durable);
        Assert.Equal(LogLevel.Debug, settings.LogLevels["default"]);
        Assert.Equal(LogLevel.None, settings.LogLevels["Function.Ask"]);
        Assert.Empty(settings.Unknown);
    }

    [Fact]
    public void Settings_of_the_environment_win_as_on_Azure()
    {
        var settings = Read(
            """{ "version": "2.0", "extensions": { "queues": { "batchSize": 4, "maxDequeueCount": 2 } } }""",
            new() { ["AzureFunctionsJobHost:extensions:queues:batchSize"] = "8" });

        Assert.Equal((8, 2), (settings.Queues.BatchSize, settings.Queues.MaxDequeueCount));
    }

    [Fact]
    public void Keys_that_no_host_knows_are_named()
    {
        var settings = Read("""{ "version": "2.0", "extension": { "http": 1 }, "extensions": { "queues": { "batchsizes": 4 }, "sendGrid": { "from": "x" } } }""");

        Assert.Equal(["extension.http", "extensions.queues.batchsizes", "extensions.sendGrid.from"], settings.Unknown.Order());
    }

    [Theory]
    [InlineData("""{ }""", "host.json: version is missing; it must be \"2.0\".")]
    [InlineData("""{ "version": "1.0" }""", "host.json: version is \"1.0\"; it must be \"2.0\".")]
    [InlineData("""{ "version": "2.0", "functionTimeout": "soon" }""", "host.json: functionTimeout is \"soon\"; it must be a duration from 00:00:01 to 10.00:00:00 as \"hh:mm:ss\".")]
    [InlineData("""{ "version": "2.0", "extensions": { "queues": { "batchSize": 33 } } }""", "host.json: extensions.queues.batchSize is \"33\"; it must be a whole number from 1 to 32.")]
    [InlineData("""{ "version": "2.0", "extensions": { "queues": { "batchSize": true } } }""", "host.json: extensions.queues.batchSize is \"True\"; it must be a whole number from 1 to 32.")]
    [InlineData("""{ "version": "2.0", "extensions": { "queues": { "maxPollingInterval": 5 } } }""", "host.json: extensions.queues.maxPollingInterval is \"5\"; it must be a duration from 00:00:00.1000000 to 00:01:00 as \"hh:mm:ss\".")]
    [InlineData("""{ "version": "2.0", "extensions": { "queues": { "messageEncoding": "utf8" } } }""", "host.json: extensions.queues.messageEncoding is \"utf8\"; it must be \"base64\" or \"none\".")]
    [InlineData("""{ "version": "2.0", "extensions": { "http": { "routePrefix": "{v}" } } }""", "host.json: extensions.http.routePrefix is \"{v}\"; it must be a path such as \"api\", or \"\" for none.")]
    [InlineData("""{ "version": "2.0", "extensions": { "durableTask": { "maxConcurrentActivityFunctions": 0 } } }""", "host.json: extensions.durableTask.maxConcurrentActivityFunctions is \"0\"; it must be a whole number from 1 to 10000.")]
    [InlineData("""{ "version": "2.0", "logging": { "logLevel": { "Host": "Loud" } } }""", "host.json: logging.logLevel.Host is \"Loud\"; it must be Trace, Debug, Information, Warning, Error, Critical, None.")]
    [InlineData("[]", "host.json must hold a JSON object (")]
    [InlineData("", "host.json is not valid JSON, line 1: correct ")]
    [InlineData("{\n  \"version\": \"2.0\"\n  \"x\": 1\n}", "host.json is not valid JSON, line 3: correct ")]
    public void A_wrong_setting_is_named_with_what_it_must_be(string json, string line) =>
        Assert.StartsWith(line, Assert.Throws<HostStartException>(() => Read(json)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_missing_file_is_told()
    {
        using var folder = new TemporaryFolder();

        Assert.Equal($"There is no host.json in {folder.Path}: copy it to the app's output folder.",
            Assert.Throws<HostStartException>(() => HostJson.Read(folder.Path, new ConfigurationBuilder().Build())).Message);
    }

    private static HostJson Read(string json, Dictionary<string, string?>? overrides = null)
    {
        using var folder = new TemporaryFolder();
        folder.Write("host.json", json);
        return HostJson.Read(folder.Path, new ConfigurationBuilder().AddInMemoryCollection(overrides ?? []).Build());
    }
}
