using System.Numerics.Tensors;

namespace ChatLoop.Inference.Sampling;

/// <summary>
/// Chooses one answer's tokens from logits: penalties, then temperature, top-k, top-p and min-p, in the order of Hugging
/// Face's processors, then one draw. It works in buffers of its own and allocates nothing per token. Not thread-safe.
/// </summary>
internal sealed class Sampler
{
    private readonly SamplingSettings _settings;
    private readonly float[] _logits;
    private readonly float[] _scratch;
    private readonly int[] _candidates;
    private readonly HashSet<int> _seen = [];
    private readonly Dictionary<int, int> _counts = [];
    private SplitMix64 _random;

    /// <param name="settings">How to choose.</param>
    /// <param name="vocabulary">How many logits there will be.</param>
    /// <param name="prompt">What the model has read: it counts for the repetition penalty.</param>
    public Sampler(SamplingSettings settings, int vocabulary, ReadOnlySpan<int> prompt)
    {
        _settings = settings;
        _random = new SplitMix64(settings.Seed);
        _logits = new float[vocabulary];
        _scratch = settings.Temperature > 0 ? new float[vocabulary] : [];
        _candidates = settings.Temperature > 0 ? new int[vocabulary] : [];
        foreach (var id in prompt) _seen.Add(id);
    }

    /// <summary>Chooses the next token and remembers it.</summary>
    /// <exception cref="InvalidOperationException">The logits are no numbers to choose by.</exception>
    public int Next(ReadOnlySpan<float> logits)
    {
        logits.CopyTo(_logits);
        Penalise();
        if (!float.IsFinite(TensorPrimitives.Max<float>(_logits))) throw new InvalidOperationException("The model's logits are not finite numbers: its weights are damaged, or it was badly trained.");
        var id = _settings.Temperature > 0 ? Draw() : TensorPrimitives.IndexOfMax<float>(_logits);
        _seen.Add(id);
        _counts[id] = _counts.GetValueOrDefault(id) + 1;
        return id;
    }

    private void Penalise()
    {
        if (_settings.RepetitionPenalty != 1)
        {
            foreach (var id in _seen) _logits[id] = _logits[id] > 0 ? _logits[id] / _settings.RepetitionPenalty : _logits[id] * _settings.RepetitionPenalty;
        }

        if (_settings is { FrequencyPenalty: 0, PresencePenalty: 0 }) return;
        foreach (var (id, count) in _counts) _logits[id] -= (count * _settings.FrequencyPenalty) + _settings.PresencePenalty;
    }

    private int Draw()
    {
        // From here on logits count from the highest: exp of them never overflows, and the highest weighs 1.
        TensorPrimitives.Subtract(_logits, TensorPrimitives.Max<float>(_logits), _logits);
        TensorPrimitives.Divide(_logits, _settings.Temperature, _logits);
        var floor = float.NegativeInfinity;
        if (_settings.TopK > 0 && _settings.TopK < _logits.Length) floor = KthHighest(_settings.TopK);

        var count = 0;
        for (var id = 0; id < _logits.Length; id++)
        {
            if (_logits[id] >= floor) _candidates[count++] = id;
        }

        var weights = _scratch.AsSpan(0, count);
        for (var i = 0; i < count; i++) weights[i] = _logits[_candidates[i]];
        TensorPrimitives.Exp(weights, weights);
        if (_settings.TopP < 1) count = Nucleus(count);
        if (_settings.MinP > 0) count = AtLeast(_settings.MinP, count);

        var left = _random.NextDouble() * Sum(weights[..count]);
        for (var i = 0; i < count; i++)
        {
            left -= weights[i];
            if (left < 0) return _candidates[i];
        }

        return _candidates[count - 1];
    }

    // Top-k, and ties with the k-th: the value that at least k logits reach.
    private float KthHighest(int k)
    {
        _logits.CopyTo(_scratch, 0);
        var (low, high, wanted) = (0, _scratch.Length - 1, _scratch.Length - k);
        while (low < high)
        {
            // Hoare's selection: after it, everything left of i is at most the pivot, everything right of j at least.
            var pivot = _scratch[(low + high) / 2];
            var (i, j) = (low, high);
            while (i <= j)
            {
                while (_scratch[i] < pivot) i++;
                while (_scratch[j] > pivot) j--;
                if (i > j) break;
                (_scratch[i], _scratch[j]) = (_scratch[j], _scratch[i]);
                i++;
                j--;
            }

            if (wanted <= j) high = j;
            else if (wanted >= i) low = i;
            else break;
        }

        return _scratch[wanted];
    }

    // The likeliest candidates whose weights together reach the share, likeliest first; gives how many there are.
    private int Nucleus(int count)
    {
        var weights = _scratch.AsSpan(0, count);
        var total = Sum(weights);

        // All candidates below this weight sum to less than what may be left out: only the few above it need sorting.
        var least = (1 - _settings.TopP) * total / count;
        var kept = 0;
        for (var i = 0; i < count; i++)
        {
            if (weights[i] < least) continue;
            (_candidates[kept], weights[kept]) = (_candidates[i], weights[i]);
            kept++;
        }

        // By negated weight: the sort is ascending.
        TensorPrimitives.Negate(weights[..kept], weights[..kept]);
        weights[..kept].Sort(_candidates.AsSpan(0, kept));
        TensorPrimitives.Negate(weights[..kept], weights[..kept]);
        var sum = 0.0;
        for (var i = 0; i < kept; i++)
        {
            sum += weights[i];
            if (sum >= _settings.TopP * total) return i + 1;
        }

        return kept;
    }

    // The highest weight is 1.
    private int AtLeast(float least, int count)
    {
        var kept = 0;
        for (var i = 0; i < count; i++)
        {
            if (_scratch[i] < least) continue;
            (_candidates[kept], _scratch[kept]) = (_candidates[i], _scratch[i]);
            kept++;
        }

        return kept;
    }

    private static double Sum(ReadOnlySpan<float> weights)
    {
        var sum = 0.0;
        foreach (var weight in weights) sum += weight;
        return sum;
    }
}
