using Microsoft.Extensions.Logging;

namespace ChatLoop.Inference.Generation;

/// <summary>
/// Continuous batching: one thread owns the slots and goes round and round: who has left goes out, prompts are read a chunk
/// at a time, and all that decode take one step together. A new request joins at the next round.
/// </summary>
internal sealed class Engine : IDisposable
{
    // While nobody decodes, nobody waits for a chunk's end but who wants to cancel.
    private const int LoneChunk = 256;

    private readonly IBatch _batch;
    private readonly EngineSettings _settings;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly Scheduler<Sequence> _scheduler;
    private readonly Lock _queue = new();
    private readonly AutoResetEvent _work = new(false);
    private readonly Thread _thread;

    // The thread's own: by slot, and the one whose prompt is being read, in a slot beyond.
    private readonly List<Sequence> _decoding = [];
    private readonly int[] _last;
    private Sequence? _reading;
    private int _readingSlot;
    private bool _stopping;

    /// <param name="batch">Will be disposed by the engine's thread.</param>
    public Engine(IBatch batch, EngineSettings settings, TimeProvider clock, ILogger logger)
    {
        (_batch, _settings, _clock, _logger) = (batch, settings, clock, logger);
        _scheduler = new Scheduler<Sequence>(settings.Slots, settings.MostWaiting);
        _last = new int[settings.Slots];
        _thread = new Thread(Run) { IsBackground = true, Name = "ChatLoop engine" };
        _thread.Start();
    }

    public EngineCounters Counters { get; } = new();

    public EngineLoad Load
    {
        get
        {
            lock (_queue) return _scheduler.Load;
        }
    }

    /// <summary>Queues a request; its caller reads its pieces, and then calls <see cref="Leave"/> in any case.</summary>
    /// <exception cref="EngineBusyException">Too many wait.</exception>
    public void Submit(Sequence sequence)
    {
        sequence.SubmittedAt = _clock.GetTimestamp();
        lock (_queue)
        {
            ObjectDisposedException.ThrowIf(_stopping, typeof(OnnxChatClient));
            _scheduler.Add(sequence, sequence.Answer.Request.Caller);
        }

        EngineCounters.Queue(+1);
        _work.Set();
    }

    /// <summary>Nobody waits for it any more: it is out of the queue now, or out of its slot before the next step.</summary>
    public void Leave(Sequence sequence)
    {
        sequence.Leave();
        lock (_queue)
        {
            if (!_scheduler.Remove(sequence)) return;
        }

        EngineCounters.Queue(-1);
    }

    /// <summary>Ends what runs and waits, which fails, and the thread.</summary>
    public void Dispose()
    {
        lock (_queue)
        {
            if (_stopping) return;
            _stopping = true;
        }

        _work.Set();
        _thread.Join();
        _work.Dispose();
    }

    private void Run()
    {
        while (!Volatile.Read(ref _stopping))
        {
            if (IsIdle())
            {
                _work.WaitOne();
                continue;
            }

            DropLeavers();
            ReadPrompts();
            Decode();
        }

        var end = new ObjectDisposedException(typeof(OnnxChatClient).FullName, "The model was disposed of while it answered.");
        FailDecoding(end);
        for (var sequence = _reading ?? StartNext(); sequence is not null; sequence = StartNext())
        {
            Fail(sequence, end);
            FreeReading();
        }

        _batch.Dispose();
    }

    private bool IsIdle()
    {
        if (_decoding.Count > 0 || _reading is not null) return false;
        lock (_queue) return _scheduler.Waiting == 0;
    }

    private void DropLeavers()
    {
        if (_reading is { IsLeft: true }) FreeReading();
        for (var slot = _decoding.Count - 1; slot >= 0; slot--)
        {
            if (_decoding[slot].IsLeft) Free(slot);
        }
    }

    private void ReadPrompts()
    {
        var left = _decoding.Count == 0 ? Math.Max(LoneChunk, _settings.ChunkTokens) : _settings.ChunkTokens;
        while (left > 0 && (_reading ?? StartNext()) is { } sequence)
        {
            try
            {
                if (sequence.Read == 0) Counters.Cached(sequence.Read = _batch.Start(_readingSlot, sequence.Prompt));
                var piece = Math.Min(left, sequence.Prompt.Length - sequence.Read);
                _batch.Prefill(_readingSlot, sequence.Prompt.AsSpan(sequence.Read, piece));
                Counters.Prefill(piece);
                sequence.Read += piece;
                left -= piece;
                if (sequence.Read < sequence.Prompt.Length) return;
                Take(sequence, _readingSlot);
                if (!sequence.HasEnded) _batch.Join(_readingSlot);
            }
            catch (Exception e)
            {
                Fail(sequence, e);
            }

            if (sequence.HasEnded)
            {
                FreeReading();
                continue;
            }

            _decoding.Add(sequence);
            _reading = null;
        }
    }

    private void Decode()
    {
        if (_decoding.Count == 0) return;
        for (var slot = 0; slot < _decoding.Count; slot++) _last[slot] = _decoding[slot].Answer.Tokens[^1];
        try
        {
            _batch.Decode(_last.AsSpan(0, _decoding.Count));
        }
        catch (Exception e)
        {
            FailDecoding(e);
            return;
        }

        Counters.Decode(_decoding.Count);
        for (var slot = 0; slot < _decoding.Count; slot++) Take(_decoding[slot], slot);
        for (var slot = _decoding.Count - 1; slot >= 0; slot--)
        {
            if (_decoding[slot].HasEnded) Free(slot);
        }
    }

    // One answer's failure is no other's.
    private void Take(Sequence sequence, int slot)
    {
        try
        {
            sequence.Take(_batch.Logits(slot));
        }
        catch (Exception e)
        {
            Fail(sequence, e);
        }

        var now = _clock.GetTimestamp();
        if (sequence.LastTokenAt == 0) EngineCounters.FirstToken(_clock.GetElapsedTime(sequence.SubmittedAt, now));
        else EngineCounters.NextToken(_clock.GetElapsedTime(sequence.LastTokenAt, now));
        sequence.LastTokenAt = now;
    }

    private Sequence? StartNext()
    {
        lock (_queue)
        {
            if (!_scheduler.TryStart(out _reading)) return null;
        }

        EngineCounters.Queue(-1);
        EngineCounters.Rows(+1);
        _reading.StartedAt = _clock.GetTimestamp();
        _readingSlot = _decoding.Count;
        return _reading;
    }

    private void FreeReading()
    {
        var sequence = _reading!;
        _batch.Leave(_readingSlot, keep: !sequence.HasFailed);
        _reading = null;
        Freed(sequence);
    }

    private void Free(int slot)
    {
        var sequence = _decoding[slot];
        _batch.Leave(slot, keep: !sequence.HasFailed);
        _decoding[slot] = _decoding[^1];
        _decoding.RemoveAt(_decoding.Count - 1);
        Freed(sequence);
    }

    private void FailDecoding(Exception reason)
    {
        for (var slot = _decoding.Count - 1; slot >= 0; slot--)
        {
            Fail(_decoding[slot], reason);
            Free(slot);
        }
    }

    private void Fail(Sequence sequence, Exception reason)
    {
        _logger.AnswerFailed(sequence.Answer.Tokens.Count, reason);
        sequence.Fail(reason);
    }

    private void Freed(Sequence sequence)
    {
        lock (_queue) _scheduler.End(sequence.Answer.Stopped is null ? null : _clock.GetElapsedTime(sequence.StartedAt));
        EngineCounters.Rows(-1);
    }
}
