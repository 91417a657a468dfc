using ChatLoop.Inference.Generation;
using ChatLoop.Inference.Models;

namespace ChatLoop.Inference.Tests.Generation;

/// <summary>However a sequence is given to a decoder, it says the same.</summary>
public sealed class DecoderTests
{
    // Longer than one piece of a prompt (256). Tolerance: between float32 sums in another order.
    private const double Tolerance = 1e-3;

    private static readonly int[] Sequence = [1, 4, .. Enumerable.Range(0, 296).Select(i => 6 + i * 37 % 300), 2, 5];

    [Theory]
    [InlineData("Ours", 1)]
    [InlineData("Ours", 7)]
    [InlineData("Ours", 299)]
    [InlineData("HuggingFace", 1)]
    [InlineData("HuggingFace", 7)]
    [InlineData("HuggingFace", 299)]
    public void Read_in_pieces_equals_read_at_once(string layout, int piece)
    {
        using var folder = TinyModel.Of(layout);
        using var model = Open(folder);
        var whole = model.Rent().Read(Sequence, CancellationToken.None).ToArray();

        var decoder = model.Rent();
        float[] logits = [];
        foreach (var part in Sequence.Chunk(piece)) logits = decoder.Read(part, CancellationToken.None).ToArray();

        Near(whole, logits);
    }

    [Fact]
    public void Both_layouts_give_the_same_logits_at_every_step()
    {
        using var ours = TinyModel.Ours();
        using var theirs = TinyModel.HuggingFace();
        using var shared = Open(ours);
        using var growing = Open(theirs);
        var (a, b) = (shared.Rent(), growing.Rent());

        foreach (var id in Sequence) Near(a.Read([id], CancellationToken.None), b.Read([id], CancellationToken.None));
        Assert.IsType<SharedCacheDecoder>(a);
        Assert.IsType<GrowingCacheDecoder>(b);
    }

    [Theory]
    [InlineData("Ours")]
    [InlineData("HuggingFace")]
    public void A_decoder_that_was_used_before_remembers_nothing(string layout)
    {
        using var folder = TinyModel.Of(layout);
        using var model = Open(folder);
        var first = model.Rent();
        var expected = first.Read([1, 4, 50], CancellationToken.None).ToArray();
        first.Read(Sequence, CancellationToken.None);
        model.Return(first);

        var again = model.Rent();

        Assert.Same(first, again);
        Assert.Equal(expected, again.Read([1, 4, 50], CancellationToken.None).ToArray());
    }

    [Theory]
    [InlineData("Ours")]
    [InlineData("HuggingFace")]
    public void The_context_can_be_filled_and_not_overrun(string layout)
    {
        using var folder = TinyModel.Of(layout);
        using var model = Open(folder, contextTokens: Sequence.Length);
        var decoder = model.Rent();
        decoder.Read(Sequence, CancellationToken.None);

        Assert.Throws<InvalidOperationException>(() => { decoder.Read([7], CancellationToken.None); });
        Assert.Throws<ArgumentException>(() => { decoder.Read([], CancellationToken.None); });
    }

    [Theory]
    [InlineData(0, 320)]
    [InlineData(40, 40)]
    [InlineData(4000, 320)]
    public void The_context_is_never_longer_than_the_model_was_made_for(int asked, int given)
    {
        using var folder = TinyModel.Ours();
        using var model = Open(folder, asked);

        Assert.Equal(given, model.ContextTokens);
    }

    [Theory]
    [InlineData("Ours")]
    [InlineData("HuggingFace")]
    public void A_cancelled_token_stops_a_prompt(string layout)
    {
        using var folder = TinyModel.Of(layout);
        using var model = Open(folder);

        Assert.Throws<OperationCanceledException>(() => { model.Rent().Read(Sequence, new CancellationToken(canceled: true)); });
    }

    private static LanguageModel Open(TinyModel folder, int contextTokens = 0) => LanguageModel.Open(ChatModelFolder.Open(folder.Folder), threads: 1, contextTokens);

    private static void Near(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++) Assert.InRange(actual[i], expected[i] - Tolerance, expected[i] + Tolerance);
    }
}
