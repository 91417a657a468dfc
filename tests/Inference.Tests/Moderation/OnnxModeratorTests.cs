using System.Text.Json.Nodes;
using ChatLoop.Core.ModelFolders;
using ChatLoop.Core.Moderation;
using ChatLoop.Inference.Moderation;

namespace ChatLoop.Inference.Tests.Moderation;

public sealed class OnnxModeratorTests : IDisposable
{
    private const string Insult = "You are a stupid worthless idiot.";

    private readonly string _folder = Directory.CreateTempSubdirectory("moderation-").FullName;

    public OnnxModeratorTests()
    {
        foreach (var file in Directory.EnumerateFiles(Repository.Path("models/moderation"))) File.Copy(file, Path.Combine(_folder, Path.GetFileName(file)));
    }

    [Fact]
    public async Task An_insult_deep_in_a_long_harmless_text_is_found()
    {
        using var moderator = Moderator();
        var filler = string.Concat(Enumerable.Repeat("The river runs past the old mill and the children play in the meadow. ", 60));

        Assert.False((await moderator.ModerateAsync(filler, ModerationDirection.Answer)).Flagged);
        Assert.True((await moderator.ModerateAsync(filler + Insult + " " + filler, ModerationDirection.Answer)).Flagged);
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("?!…")]
    [InlineData("\uD83D")]
    public async Task A_text_without_words_passes_with_scores_of_zero(string text)
    {
        using var moderator = Moderator();

        var verdict = await moderator.ModerateAsync(text, ModerationDirection.Question);

        Assert.False(verdict.Flagged);
        Assert.All(verdict.Scores.Values, score => Assert.Equal(0, score));
    }

    [Fact]
    public async Task The_policy_of_the_direction_decides()
    {
        var off = ModerationCategory.All.ToDictionary(category => category, _ => new CategoryRule(1.5));
        using var moderator = Moderator(new ModerationPolicy(new Dictionary<ModerationDirection, IReadOnlyDictionary<string, CategoryRule>> { [ModerationDirection.Answer] = off }, []));

        Assert.True((await moderator.ModerateAsync(Insult, ModerationDirection.Question)).Flagged);
        Assert.False((await moderator.ModerateAsync(Insult, ModerationDirection.Answer)).Flagged);
    }

    [Fact]
    public async Task A_blocklist_rule_comes_before_the_scores_and_only_its_name_is_told()
    {
        using var moderator = Moderator(new ModerationPolicy(ModerationPolicy.Empty.Thresholds, [new BlocklistEntry("rule-7", "volcano", ModerationCategory.ViolenceGraphic)]));

        var verdict = await moderator.ModerateAsync("You idiot, what is a V0LCANO?", ModerationDirection.Question);

        Assert.True(verdict.Flagged);
        Assert.Equal(ModerationCategory.ViolenceGraphic, verdict.Categories[0]);
        Assert.Equal(["rule-7"], verdict.BlocklistRules);
    }

    [Fact]
    public async Task Many_threads_get_the_same_scores()
    {
        using var moderator = Moderator();
        var expected = (await moderator.ModerateAsync(Insult, ModerationDirection.Question)).Scores;

        await Parallel.ForEachAsync(Enumerable.Range(0, 200), async (_, token) =>
            Assert.Equal(expected, (await moderator.ModerateAsync(Insult, ModerationDirection.Question, token)).Scores));
    }

    [Fact]
    public async Task A_cancelled_token_stops_it()
    {
        using var moderator = Moderator();

        await Assert.ThrowsAsync<OperationCanceledException>(async () => await moderator.ModerateAsync(Insult, ModerationDirection.Question, new CancellationToken(canceled: true)));
    }

    [Theory]
    [InlineData("model.onnx")]
    [InlineData("moderation.json")]
    [InlineData("manifest.json")]
    public void A_missing_file_is_named(string file)
    {
        File.Delete(Path.Combine(_folder, file));

        Assert.Contains(file, Assert.Throws<ModelFolderException>(() => Moderator()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_changed_byte_is_found_by_its_hash()
    {
        var file = Path.Combine(_folder, "model.onnx");
        var bytes = File.ReadAllBytes(file);
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(file, bytes);

        Assert.Contains("SHA-256", Assert.Throws<ModelFolderException>(() => Moderator()).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("categories", """["hate"]""", "one score for each")]
    [InlineData("categories", """["rudeness"]""", "'rudeness'")]
    [InlineData("categories", "[]", "empty")]
    [InlineData("thresholds", "{}", "no threshold")]
    [InlineData("featurizer", "null", "missing")]
    [InlineData("featurizer", """{ "bucketBits": 99 }""", "bucketBits")]
    public void Settings_that_do_not_fit_the_model_are_refused(string key, string value, string reason)
    {
        var file = Path.Combine(_folder, "moderation.json");
        var settings = JsonNode.Parse(File.ReadAllText(file))!.AsObject();
        settings[key] = JsonNode.Parse(value);
        File.WriteAllText(file, settings.ToJsonString());
        File.Delete(Path.Combine(_folder, "manifest.json"));
        ModelManifest.Write(_folder, ModelManifest.ModerationKind, "mended", DateTimeOffset.UnixEpoch, new Dictionary<string, string>());

        Assert.Contains(reason, Assert.Throws<ModelFolderException>(() => Moderator()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_of_another_kind_is_refused()
    {
        ModelManifest.Write(_folder, ModelManifest.ChatKind, "chat", DateTimeOffset.UnixEpoch, new Dictionary<string, string>());

        Assert.Contains("'chat'", Assert.Throws<ModelFolderException>(() => Moderator()).Message, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private OnnxModerator Moderator(ModerationPolicy? policy = null) => new(_folder, policy ?? ModerationPolicy.Empty);
}
