using ChatLoop.Core.Chat;
using ChatLoop.Core.ModelFolders;
using ChatLoop.Inference.Rewards;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ChatLoop.Inference.Tests.Rewards;

public sealed class RewardServicesTests
{
    [Fact]
    public async Task The_shipped_model_is_loaded_at_the_start_and_prefers_an_answer_to_noise()
    {
        await using var services = Services(Repository.Path("models/reward"));
        await StartAsync(services);

        var scorer = services.GetRequiredService<RewardModel>().Scorer!;

        var scores = scorer.Score(
        [
            Conversation("Can you explain what a volcano is?", "A volcano is a mountain that opens downward to a pool of molten rock below the surface of the earth. When pressure builds up, eruptions occur."),
            Conversation("Can you explain what a volcano is?", "the the the the the the the the the the the the"),
        ]);
        Assert.Equal("chatloop-reward", scorer.Name);
        Assert.True(scores[0] > scores[1], string.Join(" ", scores));
    }

    [Fact]
    public void The_shipped_model_is_small_enough_to_lie_in_the_repository()
    {
        var manifest = ModelManifest.Verify(Repository.Path("models/reward"), ModelManifest.RewardKind);

        Assert.InRange(manifest.Files.Values.Sum(file => file.Bytes), 1, 25_000_000);
    }

    [Fact]
    public async Task An_empty_path_is_no_model()
    {
        await using var services = Services("");
        await StartAsync(services);

        Assert.Null(services.GetRequiredService<RewardModel>().Scorer);
    }

    [Fact]
    public async Task A_folder_that_holds_another_model_ends_the_start()
    {
        await using var services = Services(Repository.Path("models/moderation"));

        await Assert.ThrowsAsync<ModelFolderException>(() => StartAsync(services));
    }

    private static IReadOnlyList<(string, string)> Conversation(string question, string answer) => [(ChatRole.User, question), (ChatRole.Assistant, answer)];

    private static ServiceProvider Services(string path) => new ServiceCollection()
        .AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection([new("Reward:ModelPath", path)]).Build())
        .AddLogging()
        .AddRewardModel()
        .BuildServiceProvider();

    private static async Task StartAsync(ServiceProvider services)
    {
        foreach (var service in services.GetServices<IHostedService>()) await service.StartAsync(CancellationToken.None);
    }
}
