using ChatLoop.Core.Chat;
using ChatLoop.Core.ModelFolders;
using ChatLoop.Inference.Rewards;
using ChatLoop.Training.Data.Ranked;
using ChatLoop.Training.Export;
using ChatLoop.Training.Rewards;
using ChatLoop.Training.Tokenization;
using TorchSharp;
using RewardModel = ChatLoop.Training.Rewards.RewardModel;
using static TorchSharp.torch;

namespace ChatLoop.Training.Tests.Rewards;

public sealed class RewardScorerTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("scorer-").FullName;
    private readonly string _tokenizer;
    private readonly RewardModel _model = new(RewardModelTests.Shape with { VocabularySize = 262 }, seed: 5);

    public RewardScorerTests()
    {
        _tokenizer = Path.Combine(_root, "tokenizer.json");
        TokenizerFile.Write(_tokenizer, []);
        using var noGrad = no_grad();
        // As large as trained weights are, so that rewards spread.
        foreach (var parameter in _model.Decoder.parameters().Where(p => p.dim() == 2)) parameter.mul_(6);
        _model.Normalize(mean: 0.7, deviation: 0.4);
        File.WriteAllBytes(Path.Combine(_root, "calibration.png"), [1]);
        Write(WeightFormat.Float32);
    }

    private string Folder => Path.Combine(_root, "model");

    [Theory]
    [InlineData("Float32")]
    [InlineData("Float16")]
    public void It_agrees_with_the_trainer_within_1e_4_alone_and_in_a_padded_batch(string format)
    {
        if (format == "Float16") HalfPrecision.Round(_model.Decoder.parameters());
        Write(Enum.Parse<WeightFormat>(format));
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        (string Question, string Answer)[] texts = [("Is ice cold?", "Yes."), ("a", "b"), ("What does <|end|> mean?", "Naïve 餅 end."), ("Count to five.", "1, 2, 3, 4, 5, and then no more of it")];
        var answers = texts.Select(t => new RankedAnswer(Comparison.Ask(t.Question), t.Answer, 0)).ToArray();
        var encoded = EncodedComparison.Of(new Comparison("", "", null, answers, [], false), TokenizerFile.Load(_tokenizer), 64)!;
        var (ids, lengths) = EncodedComparison.Pad([encoded]);
        var expected = _model.Score(ids, lengths).data<float>().ToArray();
        Assert.True(expected.Max() - expected.Min() > 0.1, "the rewards do not spread: the comparison would show nothing");

        using var scorer = RewardScorer.Open(Folder);
        (string, string)[][] conversations = [.. texts.Select(t => new[] { (ChatRole.User, t.Question), (ChatRole.Assistant, t.Answer) })];
        var together = scorer.Score(conversations);
        for (var i = 0; i < texts.Length; i++)
        {
            Assert.Equal(expected[i], together[i], 1e-4);
            Assert.Equal(expected[i], scorer.Score(conversations[i]), 1e-4);
        }
    }

    [Fact]
    public void A_conversation_that_is_too_long_loses_its_first_messages_whole_and_one_that_cannot_fit_is_refused()
    {
        using var scorer = RewardScorer.Open(Folder);
        (string, string)[] last = [(ChatRole.User, "Is ice cold?"), (ChatRole.Assistant, "Yes.")];
        (string, string)[] earlier = [(ChatRole.User, new string('x', 40)), (ChatRole.Assistant, "Fine.")];
        Assert.Equal(scorer.Score(last), scorer.Score([.. earlier, .. earlier, .. last]));
        Assert.Throws<ArgumentException>(() => scorer.Score([(ChatRole.User, "q"), (ChatRole.Assistant, new string('x', 80))]));
        Assert.Throws<ArgumentException>(() => scorer.Score([(ChatRole.User, "q")]));
    }

    [Fact]
    public void A_damaged_or_foreign_folder_is_named()
    {
        var file = Path.Combine(Folder, "onnx", "model.onnx");
        var bytes = File.ReadAllBytes(file);
        bytes[^5] ^= 1;
        File.WriteAllBytes(file, bytes);
        Assert.Contains("SHA-256", Assert.Throws<ModelFolderException>(() => RewardScorer.Open(Folder)).Message, StringComparison.Ordinal);
        ModelManifest.Write(Folder, ModelManifest.ChatKind, "chat", DateTimeOffset.UnixEpoch, new Dictionary<string, string>());
        Assert.Contains("'chat'", Assert.Throws<ModelFolderException>(() => RewardScorer.Open(Folder)).Message, StringComparison.Ordinal);
    }

    private void Write(WeightFormat format) => RewardModelWriter.Write(Folder, new RewardFolder
    {
        Name = "tiny-reward",
        Model = _model,
        Format = format,
        TokenizerFile = _tokenizer,
        Seed = 5,
        Created = DateTimeOffset.UnixEpoch,
        Card = "# tiny-reward",
        Calibration = Path.Combine(_root, "calibration.png"),
    });

    public void Dispose()
    {
        _model.Dispose();
        Directory.Delete(_root, recursive: true);
    }
}
