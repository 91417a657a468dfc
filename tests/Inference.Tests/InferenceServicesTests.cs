using ChatLoop.Core.ModelFolders;
using ChatLoop.Inference.Serving;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace ChatLoop.Inference.Tests;

public sealed class InferenceServicesTests : IDisposable
{
    private readonly TinyModel _model = TinyModel.Ours();

    [Fact]
    public async Task The_client_is_one_for_all_and_loaded_at_the_start()
    {
        using var host = Build([]);
        await host.StartAsync();

        var client = host.Services.GetRequiredService<IChatClient>();

        Assert.Same(client, host.Services.GetRequiredService<ServingChatClient>());
        Assert.Equal("Hello, how are you today?", (await client.GetResponseAsync("Hello!", TinyModel.GreedyOptions())).Text);
        await host.StopAsync();
    }

    [Fact]
    public async Task Settings_are_bound_from_the_configuration()
    {
        using var host = Build(new() { ["Inference:MaxOutputTokens"] = "3" });

        var response = await host.Services.GetRequiredService<IChatClient>().GetResponseAsync("Count.", TinyModel.GreedyOptions());

        Assert.Equal(3, response.Usage!.OutputTokenCount);
    }

    [Theory]
    [InlineData("Threads", "-1")]
    [InlineData("Threads", "many")]
    [InlineData("MaxConcurrentGenerations", "0")]
    [InlineData("MaxQueuedGenerations", "-1")]
    [InlineData("PrefillChunkTokens", "0")]
    [InlineData("PrefixCacheMegabytes", "-1")]
    [InlineData("ContextTokens", "-5")]
    [InlineData("MaxOutputTokens", "0")]
    [InlineData("ModelPath", "")]
    public async Task A_setting_out_of_range_ends_the_start(string setting, string value)
    {
        using var host = Build(new() { [$"Inference:{setting}"] = value });

        var failure = await Assert.ThrowsAnyAsync<Exception>(() => host.StartAsync());

        Assert.True(failure is OptionsValidationException or InvalidOperationException, failure.ToString());
        Assert.Contains(setting, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_damaged_model_ends_the_start()
    {
        File.Delete(Path.Combine(_model.Folder, "tokenizer.json"));
        using var host = Build([]);

        Assert.Contains("tokenizer.json", (await Assert.ThrowsAsync<ModelFolderException>(() => host.StartAsync())).Message, StringComparison.Ordinal);
    }

    public void Dispose() => _model.Dispose();

    private IHost Build(Dictionary<string, string?> settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { ["Inference:ModelPath"] = _model.Folder });
        builder.Configuration.AddInMemoryCollection(settings);
        builder.Services.AddOnnxChatClient();
        return builder.Build();
    }
}
