namespace Microsoft.Azure.Functions.Worker;

/// <summary>Objects attached to one invocation, by type.</summary>
public interface IInvocationFeatures : IEnumerable<KeyValuePair<Type, object>>
{
    void Set<T>(T instance);

    /// <summary>The feature, or default when none was set.</summary>
    T? Get<T>();
}
