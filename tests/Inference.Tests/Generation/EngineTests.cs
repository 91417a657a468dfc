using ChatLoop.Inference.Generation;
using ChatLoop.Inference.Sampling;
using ChatLoop.Inference.Tokenization;
using Microsoft.Extensions.Logging.Abstractions;

namespace ChatLoop.Inference.Tests.Generation;

/// <summary>The engine's rounds, on a model that counts upwards: each request's answer is its prompt's last token and one, and so on.</summary>
public sealed class EngineTests : IDisposable
{
    private const int Vocabulary = 320;
    private const int Forever = int.MaxValue;

    private static readonly TextTokenizer Tokenizer = TextTokenizer.Open(Path.Combine(TinyModel.Exported, "tokenizer.json"));

    private readonly FakeBatch _batch = new(4, Vocabulary);
    private readonly List<string> _log = [];
    private readonly Lazy<Engine> _engine;
    private EngineSettings _settings = new(Slots: 4, MostWaiting: 8, ChunkTokens: 4);

    public EngineTests()
    {
        _batch.OnPrefill = ids => _log.Add($"read {ids.Length}");
        _batch.OnDecode = ids => _log.Add($"step {string.Join(' ', ids)}");
        _engine = new Lazy<Engine>(() => new Engine(_batch, _settings, TimeProvider.System, NullLogger.Instance));
    }

    private Engine Engine => _engine.Value;

    [Fact]
    public async Task A_request_that_arrives_while_others_run_joins_at_the_next_step_and_frees_its_slot_at_its_end()
    {
        var late = Ask([50], 2);
        AtStep(11, () => Engine.Submit(late));

        var first = await AnswerAsync(Submit([10], 5));

        Assert.Equal([11, 12, 13, 14, 15], first);
        Assert.Equal([51, 52], await AnswerAsync(late));
        Assert.Equal(["read 1", "step 11", "read 1", "step 12 51", "step 13", "step 14"], _log);
    }

    [Fact]
    public async Task A_long_prompt_is_read_in_chunks_between_the_steps_of_those_that_decode()
    {
        var late = Ask([.. Enumerable.Range(40, 10)], 2);
        AtStep(11, () => Engine.Submit(late));

        await AnswerAsync(Submit([10], 6));

        Assert.Equal([50, 51], await AnswerAsync(late));
        Assert.Equal(["read 1", "step 11", "read 4", "step 12", "read 4", "step 13", "read 2", "step 14 50", "step 15"], _log);
    }

    [Fact]
    public async Task Short_prompts_share_a_chunk_and_a_prompt_alone_is_read_at_once()
    {
        Sequence[] late = [Ask([1, 20], 2), Ask([1, 30], 2), Ask([1, 40], 2)];
        AtStep(11, () =>
        {
            foreach (var sequence in late) Engine.Submit(sequence);
        });

        await AnswerAsync(Submit([1, 2, 3, 4, 5, 10], 5));

        foreach (var sequence in late) await AnswerAsync(sequence);
        Assert.Equal(["read 6", "step 11", "read 2", "read 2", "step 12 21 31", "read 2", "step 13 41", "step 14"], _log);
    }

    [Fact]
    public async Task Who_leaves_is_out_before_the_next_step_and_the_others_go_on()
    {
        var leaving = Ask([50], Forever);
        AtStep(11, () => Engine.Submit(leaving));
        AtStep(13, () => Engine.Leave(leaving));

        Assert.Equal([11, 12, 13, 14, 15], await AnswerAsync(Submit([10], 5)));
        Assert.Equal(["step 11", "step 12 51", "step 13 52", "step 14"], _log.Where(l => l.StartsWith("step", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Who_leaves_while_its_prompt_is_read_or_before_makes_way()
    {
        _settings = _settings with { Slots = 2 };
        var (reading, waiting, next) = (Ask([.. Enumerable.Range(40, 10)], 2), Ask([100], 2), Ask([150], 2));
        AtStep(11, () =>
        {
            foreach (var sequence in (Sequence[])[reading, waiting, next]) Engine.Submit(sequence);
        });
        AtStep(12, () =>
        {
            Engine.Leave(waiting);
            Engine.Leave(reading);
        });

        Assert.Equal(10, (await AnswerAsync(Submit([10], 10))).Count);

        Assert.Equal([151, 152], await AnswerAsync(next));
        Assert.Equal(["read 1", "read 4", "read 1"], _log.Where(l => l.StartsWith("read", StringComparison.Ordinal)));
        Assert.Empty(waiting.Answer.Tokens);
    }

    [Fact]
    public async Task A_failed_step_fails_its_requests_and_no_later_one()
    {
        var late = Ask([50], 3);
        AtStep(11, () => Engine.Submit(late));
        AtStep(12, () => throw new InvalidOperationException("the step broke"));

        var first = Submit([10], 5);

        Assert.Equal("the step broke", (await Assert.ThrowsAsync<InvalidOperationException>(() => AnswerAsync(first))).Message);
        await Assert.ThrowsAsync<InvalidOperationException>(() => AnswerAsync(late));
        Assert.Equal([101, 102], await AnswerAsync(Submit([100], 2)));
        Engine.Dispose();
        Assert.Equal((0, 0), (_batch.Taken, Engine.Load.Active));
    }

    [Fact]
    public async Task A_prompt_that_cannot_be_read_fails_alone()
    {
        var late = Ask([50, 51], 3);
        AtStep(11, () => Engine.Submit(late));
        _batch.OnPrefill = ids => _ = ids.Length == 2 ? throw new InvalidOperationException("unreadable") : 0;

        Assert.Equal([11, 12, 13], await AnswerAsync(Submit([10], 3)));
        await Assert.ThrowsAsync<InvalidOperationException>(() => AnswerAsync(late));
    }

    [Fact]
    public async Task An_answer_without_numbers_fails_alone()
    {
        _batch.BadToken = 51;
        var late = Ask([50], 3);
        AtStep(11, () => Engine.Submit(late));

        Assert.Equal([11, 12, 13, 14], await AnswerAsync(Submit([10], 4)));
        Assert.Contains("not finite", (await Assert.ThrowsAsync<InvalidOperationException>(() => AnswerAsync(late))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Past_the_slots_and_the_queue_a_request_is_refused_until_there_is_room()
    {
        _settings = new(Slots: 1, MostWaiting: 1, ChunkTokens: 4);
        var running = Submit([10], Forever);
        var waiting = Submit([50], 2);

        Assert.True(Engine.Load.IsFull);
        var refused = Assert.Throws<EngineBusyException>(() => Submit([90], 2));
        Assert.True(refused.RetryAfter >= TimeSpan.FromSeconds(1));

        Engine.Leave(running);
        Assert.Equal([51, 52], await AnswerAsync(waiting));
    }

    [Fact]
    public async Task Disposal_ends_what_runs_and_what_waits_and_frees_the_slots()
    {
        _settings = _settings with { Slots = 1 };
        var (running, waiting) = (Submit([10], Forever), Submit([50], 2));
        await running.Pieces.WaitToReadAsync();

        Engine.Dispose();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => AnswerAsync(running));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => AnswerAsync(waiting));
        Assert.Throws<ObjectDisposedException>(() => Submit([90], 2));
        Assert.True(_batch.IsDisposed);
        Assert.Equal(0, _batch.Taken);
        Assert.Equal((0, 0), (Engine.Load.Active, Engine.Load.Waiting));
        Engine.Dispose();
    }

    public void Dispose() => Engine.Dispose();

    private static async Task<IReadOnlyList<int>> AnswerAsync(Sequence sequence)
    {
        await foreach (var _ in sequence.Pieces.ReadAllAsync())
        {
        }

        return sequence.Answer.Tokens;
    }

    private static Sequence Ask(int[] prompt, int tokens) =>
        new(new AnswerGeneration(Tokenizer, Vocabulary, new GenerationRequest(prompt, new SamplingSettings { Seed = 0 }, tokens, new HashSet<int>(), [])), streamed: true);

    private Sequence Submit(int[] prompt, int tokens)
    {
        var sequence = Ask(prompt, tokens);
        Engine.Submit(sequence);
        return sequence;
    }

    // In the engine's thread, as the step with this token begins.
    private void AtStep(int token, Action act)
    {
        var before = _batch.OnDecode;
        _batch.OnDecode = ids =>
        {
            before(ids);
            if (ids[0] == token) act();
        };
    }
}
