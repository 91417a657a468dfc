using System.Collections;
using System.Collections.Concurrent;

namespace Microsoft.Azure.Functions.Worker.Invocations;

internal sealed class InvocationFeatures : IInvocationFeatures
{
    private readonly ConcurrentDictionary<Type, object> _features = [];

    public void Set<T>(T instance)
    {
        ArgumentNullException.ThrowIfNull(instance);
        _features[typeof(T)] = instance;
    }

    public T? Get<T>() => _features.TryGetValue(typeof(T), out var feature) ? (T)feature : default;

    public IEnumerator<KeyValuePair<Type, object>> GetEnumerator() => _features.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
