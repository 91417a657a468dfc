namespace Microsoft.DurableTask.Instances;

/// <summary>One instance: takes its mail in turns, never two at once.</summary>
internal sealed class Instance(string id, InstanceEngine engine, InstanceState? state, bool isLoaded)
{
    private readonly Lock _lock = new();
    private List<InstanceMessage> _mail = [];
    private InstanceState? _state = state;
    private bool _isLoaded = isLoaded;
    private bool _isBusy;
    private bool _isRetired;

    /// <summary>Which run of the instance is under way; null when none is.</summary>
    public string? LiveExecution { get; private set; } = state?.Row.Execution;

    /// <returns>False once it has left the engine's memory: another object has its id.</returns>
    public bool TryPost(InstanceMessage message)
    {
        lock (_lock)
        {
            if (_isRetired)
                return false;
            _mail.Add(message);
            if (_isBusy)
                return true;
            _isBusy = true;
        }
        engine.Begin(TakeTurnsAsync);
        return true;
    }

    private async Task TakeTurnsAsync()
    {
        while (NextMail() is { } mail)
        {
            try
            {
                await TakeTurnAsync(mail);
            }
            catch (Exception e)
            {
                engine.Fail(e);
                foreach (var message in mail.Concat(RefuseMail()))
                    message.Taken.TrySetException(e);
                throw;
            }
        }
    }

    private async Task TakeTurnAsync(List<InstanceMessage> mail)
    {
        await engine.Slots.WaitAsync();
        InstanceTurn turn;
        Task written;
        try
        {
            if (!_isLoaded)
                _state = engine.Store.Reader.Find(id) is { } row ? new InstanceState(row, []) : null;
            _isLoaded = true;
            turn = new InstanceTurn(id, _state, engine.Services);
            var changes = await turn.TakeAsync(mail);
            _state = turn.State;
            LiveExecution = _state is { Row.IsFinished: false } ? _state.Row.Execution : null;
            written = changes.Count == 0 ? Task.CompletedTask : engine.Store.CommitAsync(changes);
        }
        finally
        {
            engine.Slots.Release();
        }
        await written;
        engine.SetGoing(id, turn.Effects);
    }

    private List<InstanceMessage> RefuseMail()
    {
        lock (_lock)
        {
            var mail = _mail;
            _mail = [];
            return mail;
        }
    }

    private List<InstanceMessage>? NextMail()
    {
        lock (_lock)
        {
            if (_mail.Count > 0)
            {
                var mail = _mail;
                _mail = [];
                return mail;
            }
            _isBusy = false;
            _isRetired = LiveExecution is null;
        }
        if (_isRetired)
            engine.Forget(id, this);
        return null;
    }
}
