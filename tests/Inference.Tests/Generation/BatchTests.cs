using ChatLoop.Inference.Generation;
using ChatLoop.Inference.Models;

namespace ChatLoop.Inference.Tests.Generation;

/// <summary>However a sequence is given to a batch, and whoever shares its steps, it says the same.</summary>
public sealed class BatchTests
{
    // Between float32 sums in another order.
    private const double Tolerance = 1e-3;

    private static readonly int[] Sequence = [1, 4, .. Enumerable.Range(0, 296).Select(Word), 2, 5];

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
        using var batch = model.NewBatch(2, 0);
        var whole = Read(batch, 0, Sequence).ToArray();

        batch.Start(1, Sequence);
        foreach (var part in Sequence.Chunk(piece)) batch.Prefill(1, part);

        Near(whole, batch.Logits(1));
    }

    [Fact]
    public void Both_layouts_give_the_same_logits_at_every_step()
    {
        using var ours = TinyModel.Ours();
        using var theirs = TinyModel.HuggingFace();
        using var shared = Open(ours);
        using var growing = Open(theirs);
        using var a = shared.NewBatch(1, 0);
        using var b = growing.NewBatch(1, 0);
        Near(Read(a, 0, Sequence[..1]), Read(b, 0, Sequence[..1]));
        a.Join(0);
        b.Join(0);

        foreach (var id in Sequence[1..])
        {
            a.Decode([id]);
            b.Decode([id]);
            Near(a.Logits(0), b.Logits(0));
        }

        Assert.IsType<SharedCacheBatch>(a);
        Assert.IsType<GrowingCacheBatch>(b);
    }

    [Theory]
    [InlineData("Ours", 1)]
    [InlineData("Ours", 2)]
    [InlineData("Ours", 3)]
    [InlineData("HuggingFace", 1)]
    public void Rows_that_come_and_go_in_any_order_and_length_say_what_each_says_alone(string layout, int seed)
    {
        using var folder = TinyModel.Of(layout);
        using var model = Open(folder, contextTokens: 120);
        using var batch = model.NewBatch(5, prefixBytes: 1_000_000);
        using var alone = model.NewBatch(1, 0);
        var random = new Random(seed);
        var rows = new List<List<int>>();
        var (together, longest) = (0, 0);
        for (var round = 0; round < 200; round++)
        {
            if (rows.Count < 5 && random.Next(4) == 0)
            {
                // Some begin like others, which the batch may use.
                int[] prompt = [1, 4, .. Enumerable.Range(random.Next(2), random.Next(1, 80)).Select(Word)];
                Read(batch, rows.Count, prompt);
                batch.Join(rows.Count);
                rows.Add([.. prompt]);
            }

            if (rows.Count > 0)
            {
                int[] ids = [.. rows.Select(_ => Word(random.Next(1000)))];
                batch.Decode(ids);
                for (var slot = 0; slot < rows.Count; slot++) rows[slot].Add(ids[slot]);
            }

            Assert.Equal(rows.Count, batch.Decoding);
            (together, longest) = (Math.Max(together, rows.Count), Math.Max(longest, rows.Select(r => r.Count).DefaultIfEmpty().Max()));
            for (var slot = rows.Count - 1; slot >= 0; slot--)
            {
                Near(Read(alone, 0, [.. rows[slot]]), batch.Logits(slot));
                alone.Leave(0, keep: false);
                if (rows[slot].Count < model.ContextTokens && random.Next(40) > 0) continue;
                batch.Leave(slot, keep: random.Next(2) == 0);
                rows[slot] = rows[^1];
                rows.RemoveAt(rows.Count - 1);
            }
        }

        Assert.Equal((5, 120), (together, longest));
    }

    [Theory]
    [InlineData("Ours")]
    [InlineData("HuggingFace")]
    public void A_slot_that_was_used_before_remembers_nothing(string layout)
    {
        using var folder = TinyModel.Of(layout);
        using var model = Open(folder);
        using var batch = model.NewBatch(1, 0);
        var expected = Read(batch, 0, [1, 4, 50]).ToArray();
        batch.Leave(0, keep: true);
        Read(batch, 0, Sequence);
        batch.Leave(0, keep: true);

        Assert.Equal(expected, Read(batch, 0, [1, 4, 50]).ToArray());
    }

    [Fact]
    public void A_prompt_that_begins_like_a_sequence_that_ended_or_runs_is_read_from_where_they_part()
    {
        using var folder = TinyModel.Ours();
        using var model = Open(folder);
        using var batch = model.NewBatch(3, prefixBytes: 1_000_000);
        using var alone = model.NewBatch(1, 0);
        int[] ended = [1, 4, 50, 51, 52];
        int[] running = [1, 4, 60, 61, 62, 63];
        Read(batch, 0, ended);
        batch.Leave(0, keep: true);

        Assert.Equal(2, batch.Start(0, running));
        batch.Prefill(0, running.AsSpan(2));
        batch.Join(0);
        Assert.Equal(5, batch.Start(1, [.. ended, 70]));
        batch.Prefill(1, [70]);
        Near(Read(alone, 0, [.. ended, 70]), batch.Logits(1));
        alone.Leave(0, keep: false);
        Assert.Equal(4, batch.Start(2, [1, 4, 60, 61, 80, 81]));
        batch.Prefill(2, [80, 81]);
        Near(Read(alone, 0, [1, 4, 60, 61, 80, 81]), batch.Logits(2));
    }

    [Fact]
    public void The_last_token_of_a_prompt_is_always_read()
    {
        using var folder = TinyModel.Ours();
        using var model = Open(folder);
        using var batch = model.NewBatch(1, prefixBytes: 1_000_000);
        var expected = Read(batch, 0, Sequence).ToArray();
        batch.Leave(0, keep: true);

        Assert.Equal(Sequence.Length - 1, batch.Start(0, Sequence));
        batch.Prefill(0, Sequence.AsSpan(Sequence.Length - 1));
        Near(expected, batch.Logits(0));
    }

    [Theory]
    [InlineData("Ours")]
    [InlineData("HuggingFace")]
    public void The_context_can_be_filled_and_not_overrun(string layout)
    {
        using var folder = TinyModel.Of(layout);
        using var model = Open(folder, contextTokens: Sequence.Length);
        using var batch = model.NewBatch(1, 0);
        Read(batch, 0, Sequence);

        Assert.Throws<InvalidOperationException>(() => batch.Prefill(0, [7]));
        batch.Join(0);
        Assert.Throws<InvalidOperationException>(() => batch.Decode([7]));
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

    private static int Word(int i) => 6 + i * 37 % 300;

    private static LanguageModel Open(TinyModel folder, int contextTokens = 0) => LanguageModel.Open(ChatModelFolder.Open(folder.Folder), threads: 1, contextTokens);

    private static ReadOnlySpan<float> Read(IBatch batch, int slot, int[] ids)
    {
        batch.Prefill(slot, ids.AsSpan(batch.Start(slot, ids)));
        return batch.Logits(slot);
    }

    private static void Near(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++) Assert.InRange(actual[i], expected[i] - Tolerance, expected[i] + Tolerance);
    }
}
