using ChatLoop.Core.ModelFolders;
using ChatLoop.Training.Base;
using ChatLoop.Training.Export;

namespace ChatLoop.Training.Tests.Export;

public sealed class FormatLossTests
{
    // On the shipped model: a random one has nothing to lose.
    [Fact]
    public void Every_format_stays_near_float32_on_text_that_the_trainer_makes_itself()
    {
        var shipped = ExportedModel.Open(Path.Combine(AppContext.BaseDirectory, "models", "chat"), ModelManifest.ChatKind);
        var text = HeldText.Read(null, shipped.Tokenizer, shipped.Config.MaxPositions, tokens: 1500);

        var losses = FormatLoss.Measure(shipped.Config, LlamaWeights.Read(shipped), WeightFormats.All, text, CancellationToken.None).ToDictionary(l => l.Format);

        // The shipped weights are halves as they are.
        foreach (var exact in (WeightFormat[])[WeightFormat.Float32, WeightFormat.Float16])
        {
            Assert.Equal((0.0, 1.0), (Math.Round(losses[exact].Divergence, 9), losses[exact].Agreement));
        }

        Costs(WeightFormat.Int8, atMost: 0.002, agreement: 0.97);
        Costs(WeightFormat.Int8Dynamic, atMost: 0.01, agreement: 0.9);
        Costs(WeightFormat.Int4Block32, atMost: 0.02, agreement: 0.8);
        Costs(WeightFormat.Int4Block128, atMost: 0.08, agreement: 0.65);

        void Costs(WeightFormat format, double atMost, double agreement)
        {
            var loss = losses[format];
            Assert.True(Math.Abs(loss.Bits / loss.FloatBits - 1) < atMost && loss.Agreement > agreement && loss.Divergence > 0, loss.Row);
        }
    }

    [Fact]
    public void Bits_agreement_and_divergence_are_those_of_hand_made_logits()
    {
        var sums = new FormatSums(vocabulary: 2);
        float Odds(double p) => (float)Math.Log(p / (1 - p));

        // Of two places, the second's likeliest token differs.
        sums.Add([Odds(0.5), 0, Odds(0.75), 0], [Odds(0.5), 0, Odds(0.25), 0], [0, 0]);
        var loss = sums.Loss(WeightFormat.Int8, graphBytes: 7, textBytes: 1);

        Assert.Equal((2, 0.5), (loss.Tokens, loss.Agreement));
        Assert.Equal(1 - Math.Log2(0.75), loss.FloatBits, 5);
        Assert.Equal(3, loss.Bits, 5);
        Assert.Equal(0.5 * (0.75 * Math.Log(3) + 0.25 * Math.Log(1.0 / 3)), loss.Divergence, 5);
    }
}
