using System.Text.Json.Nodes;
using ChatLoop.Core.ModelFolders;

namespace ChatLoop.Core.Tests.ModelFolders;

public sealed class ModelManifestTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("chatloop-manifest-").FullName;

    public ModelManifestTests()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "onnx"));
        File.WriteAllText(Path.Combine(_folder, "config.json"), "{}");
        File.WriteAllText(Path.Combine(_folder, "onnx", "model.onnx"), "weights");
        File.WriteAllText(Path.Combine(_folder, "README.md"), "card");
        ModelManifest.Write(_folder, ModelManifest.ChatKind, "tiny", DateTimeOffset.UnixEpoch, new Dictionary<string, string> { ["kvCache"] = "shared" });
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Verify_an_untouched_folder_gives_back_what_was_written()
    {
        var manifest = ModelManifest.Verify(_folder, ModelManifest.ChatKind);

        Assert.Equal("tiny", manifest.Name);
        Assert.Equal("shared", manifest.Metadata["kvCache"]);
        Assert.Equal(["config.json", "onnx/model.onnx"], manifest.Files.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Verify_accepts_an_edited_model_card()
    {
        File.WriteAllText(Path.Combine(_folder, "README.md"), "a better card");

        ModelManifest.Verify(_folder, ModelManifest.ChatKind);
    }

    [Theory]
    [InlineData("weightz", "SHA-256")]
    [InlineData("weigh", "5 bytes")]
    [InlineData(null, "missing")]
    public void Verify_names_the_damaged_file_and_the_reason(string? content, string reason)
    {
        var file = Path.Combine(_folder, "onnx", "model.onnx");
        if (content is null) File.Delete(file);
        else File.WriteAllText(file, content);

        var e = Assert.Throws<ModelFolderException>(() => ModelManifest.Verify(_folder, ModelManifest.ChatKind));

        Assert.Contains("onnx/model.onnx", e.Message, StringComparison.Ordinal);
        Assert.Contains(reason, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Verify_another_kind_says_which()
    {
        var e = Assert.Throws<ModelFolderException>(() => ModelManifest.Verify(_folder, ModelManifest.ModerationKind));

        Assert.Contains("'chat'", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{", "damaged")]
    [InlineData("null", "damaged")]
    [InlineData("""{"formatVersion":1,"kind":"chat"}""", "damaged")]
    [InlineData("""{"formatVersion":7,"kind":"chat","name":"x","created":"2026-01-01T00:00:00Z","files":{},"metadata":{}}""", "version 7")]
    [InlineData("""{"formatVersion":1,"kind":"chat","name":"x","created":"2026-01-01T00:00:00Z","files":{"../secret":{"sha256":"00","bytes":1}},"metadata":{}}""", "outside")]
    public void Verify_a_bad_manifest_says_why(string json, string reason)
    {
        File.WriteAllText(Path.Combine(_folder, ModelManifest.FileName), json);

        var e = Assert.Throws<ModelFolderException>(() => ModelManifest.Verify(_folder, ModelManifest.ChatKind));

        Assert.Contains(ModelManifest.FileName, e.Message, StringComparison.Ordinal);
        Assert.Contains(reason, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Verify_without_folder_or_manifest_says_so()
    {
        Assert.Contains("no model folder", Assert.Throws<ModelFolderException>(() => ModelManifest.Verify(_folder + "-none", "chat")).Message, StringComparison.Ordinal);
        File.Delete(Path.Combine(_folder, ModelManifest.FileName));
        Assert.Contains(ModelManifest.FileName, Assert.Throws<ModelFolderException>(() => ModelManifest.Verify(_folder, "chat")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_is_camel_case_json()
    {
        var json = JsonNode.Parse(File.ReadAllText(Path.Combine(_folder, ModelManifest.FileName)))!;

        Assert.Equal(1, json["formatVersion"]!.GetValue<int>());
        Assert.Equal(7, json["files"]!["onnx/model.onnx"]!["bytes"]!.GetValue<long>());
    }
}
