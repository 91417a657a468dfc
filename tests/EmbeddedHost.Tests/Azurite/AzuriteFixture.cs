using System.Diagnostics.CodeAnalysis;
using ChatLoop.EmbeddedHost.Tests.Hosting;
using Microsoft.Azure.Functions.Worker.Azurite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;

namespace ChatLoop.EmbeddedHost.Tests.Azurite;

/// <summary>One Azurite for many tests, started and stopped by the host's own code on ports of its own.</summary>
[SuppressMessage("Design", "CA1001", Justification = "xunit calls IAsyncLifetime.DisposeAsync.")]
public sealed class AzuriteFixture : IAsyncLifetime
{
    private TemporaryFolder? _data;
    private AzuriteProcess? _azurite;
    private string? _connectionString;

    /// <summary>Skips the test on a machine without Node.js.</summary>
    public string ConnectionString
    {
        get
        {
            NodeJs.SkipIfMissing();
            return _connectionString!;
        }
    }

    public async Task InitializeAsync()
    {
        if (!NodeJs.IsInstalled)
            return;
        var emulator = FreePorts.Emulator();
        _data = new TemporaryFolder();
        var settings = new ConfigurationBuilder().AddInMemoryCollection([new("EmbeddedHost:Azurite:DataPath", _data.Path)]).Build();
        _azurite = new AzuriteProcess(settings, NullLoggerFactory.Instance);
        await _azurite.EnsureAsync(emulator, CancellationToken.None);
        _connectionString = FreePorts.ConnectionString(emulator);
    }

    public async Task DisposeAsync()
    {
        if (_azurite is not null)
            await _azurite.StopAsync(CancellationToken.None);
        _azurite?.Dispose();
        _data?.Dispose();
    }
}

[CollectionDefinition(Name)]
public sealed class AzuriteTests : ICollectionFixture<AzuriteFixture>
{
    public const string Name = "Azurite";
}
