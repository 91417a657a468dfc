using System.Collections.Concurrent;
using ChatLoop.App.Storage;

namespace ChatLoop.App.ApiKeys;

/// <summary>
/// Counts what keys use, one row a key, for all instances alike. A request costs one read and one write: it sets aside the tokens that
/// it may take, and what it did not take is given back with the key's next request on this instance. After a crash too much stays counted,
/// never too little, and only until the window ends.
/// </summary>
public sealed class KeyUses(AppTables tables, TimeProvider time)
{
    private const string Row = "use";

    private readonly RowStore<KeyUse> _rows = new(tables.ApiKeyUses, ReadableJson.Types.KeyUse, time);
    private readonly ConcurrentDictionary<string, ConcurrentQueue<UseCorrection>> _corrections = [];

    internal async Task<Admission> AdmitAsync(ApiKey key, long tokens, CancellationToken cancellationToken)
    {
        var corrections = Take(key.Id);
        Admission? admission = null;
        try
        {
            await _rows.ChangeAsync(
                key.Id,
                Row,
                stored =>
                {
                    var now = time.GetUtcNow();
                    var use = corrections.Aggregate((stored ?? KeyUse.None(now)).At(now), (counted, correction) => counted.Correct(correction));
                    admission = Admission.Decide(use, key.Limits, tokens, now);
                    // A refusal by itself is not worth a write.
                    return admission.Exceeded is not null && corrections.Count == 0 ? stored : admission.Use;
                },
                cancellationToken);
        }
        catch
        {
            corrections.ForEach(correction => Queue(key.Id).Enqueue(correction));
            throw;
        }

        return admission!;
    }

    /// <summary>Notes what a request really took.</summary>
    internal void Settle(string keyId, Admission admission, long tokens)
    {
        if (tokens != admission.Tokens)
            Queue(keyId).Enqueue(new UseCorrection(admission.Use.Minute, admission.Use.Day, tokens - admission.Tokens));
    }

    internal Task DeleteAsync(string keyId, CancellationToken cancellationToken) => _rows.DeleteAsync(keyId, Row, cancellationToken);

    private ConcurrentQueue<UseCorrection> Queue(string keyId) => _corrections.GetOrAdd(keyId, _ => []);

    private List<UseCorrection> Take(string keyId)
    {
        var taken = new List<UseCorrection>();
        while (Queue(keyId).TryDequeue(out var correction))
            taken.Add(correction);
        return taken;
    }
}
