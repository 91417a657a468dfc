using Microsoft.DurableTask.History;

namespace Microsoft.DurableTask.Orchestrations;

/// <summary>Numbers what the orchestrator decides, and compares it with what the history says that it decided before.</summary>
internal sealed class Decisions(IEnumerable<HistoryEvent> history)
{
    private readonly List<DecisionEvent> _recorded = [.. history.OfType<DecisionEvent>().OrderBy(decision => decision.Id)];
    private readonly List<DecisionEvent> _made = [];

    /// <summary>What is new, in order.</summary>
    public IEnumerable<DecisionEvent> New => _made.Skip(_recorded.Count);

    /// <summary>The first difference; kept here because the orchestrator may catch the exception.</summary>
    public NonDeterminismException? Difference { get; private set; }

    public DecisionEvent Add(Func<int, DecisionEvent> make, bool isReplaying)
    {
        var decision = make(_made.Count);
        if (decision.Id < _recorded.Count)
        {
            var recorded = _recorded[decision.Id];
            if (!string.Equals(recorded.Describe(), decision.Describe(), StringComparison.OrdinalIgnoreCase))
                throw Fail($"step {decision.Id} of its history is {recorded.Describe()}, and it now is {decision.Describe()}");
            _made.Add(recorded);
            return recorded;
        }
        if (isReplaying)
            throw Fail($"it now has a step {decision.Id}, {decision.Describe()}, where its history has none");
        _made.Add(decision);
        return decision;
    }

    /// <summary>Once the replayed part is over, everything recorded must have been decided again.</summary>
    public void CheckReplayed(bool hasEnded)
    {
        if (_made.Count < _recorded.Count)
            Fail($"step {_made.Count} of its history is {_recorded[_made.Count].Describe()}, and it now {(hasEnded ? "ends before it" : "does not get there")}");
        else if (hasEnded)
            Fail($"it now ends after {_made.Count} steps, where it went on before");
    }

    public NonDeterminismException Fail(string what) => Difference ??= new NonDeterminismException(what);
}
