using ChatLoop.Training.Moderation;
using Microsoft.ML.OnnxRuntime;
using TorchSharp;

namespace ChatLoop.Training.Tests.Moderation;

public sealed class ModerationGraphTests : IDisposable
{
    private readonly string _file = Path.GetTempFileName();

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(900)]
    public void Scores_in_ONNX_Runtime_are_the_trainers_within_1e_4(int count)
    {
        using var scope = torch.NewDisposeScope();
        using var classifier = new ModerationClassifier(buckets: 4096, dimensions: 16, hidden: 24, categories: 5, seed: 4);
        using (torch.no_grad())
        {
            // As large as trained weights are, so that the scores spread and rounding to half precision shows.
            foreach (var (_, parameter) in classifier.named_parameters()) parameter.mul_(6);
        }

        ModerationGraph.Save(_file, classifier.Weights());
        var random = new Random(count);
        long[] ids = [.. Enumerable.Range(0, count).Select(_ => (long)random.Next(4096))];
        var expected = classifier.forward(torch.tensor(ids), torch.tensor(new[] { 0L })).sigmoid().data<float>().ToArray();

        using var session = new InferenceSession(_file);
        using var input = OrtValue.CreateTensorValueFromMemory(ids, [ids.Length]);
        using var run = new RunOptions();
        using var outputs = session.Run(run, ["ids"], [input], ["scores"]);
        var actual = outputs[0].GetTensorDataAsSpan<float>().ToArray();

        Assert.Equal(5, actual.Length);
        Assert.True(expected.Max() - expected.Min() > 0.05, "the scores do not spread: the comparison would show nothing");
        for (var i = 0; i < 5; i++) Assert.Equal(expected[i], actual[i], 1e-4);
    }

    public void Dispose() => File.Delete(_file);
}
