using System.Collections.Concurrent;
using System.Reflection;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.Azure.Functions.Worker.Invocations;

/// <summary>The innermost step: makes the arguments and the function's object, calls the method, awaits it.</summary>
internal static class FunctionExecutor
{
    private static readonly ConcurrentDictionary<Type, ObjectFactory> Factories = [];
    private static readonly ConcurrentDictionary<Type, Func<object, Task<object?>>> Awaiters = [];

    public static async Task ExecuteAsync(Invocation invocation)
    {
        var function = invocation.Function;
        var arguments = new object?[function.Sources.Count];
        for (var i = 0; i < arguments.Length; i++)
            arguments[i] = await function.Sources[i](invocation);

        var method = function.Method;
        var target = method.IsStatic
            ? null
            : Factories.GetOrAdd(method.DeclaringType!, type => ActivatorUtilities.CreateFactory(type, []))(invocation.InstanceServices, null);
        try
        {
            invocation.Result = await AwaitAsync(method.Invoke(target, BindingFlags.DoNotWrapExceptions, null, arguments, null), method.ReturnType);
        }
        finally
        {
            if (target is IAsyncDisposable asyncDisposable)
                await asyncDisposable.DisposeAsync();
            else
                (target as IDisposable)?.Dispose();
        }
    }

    /// <summary>The value behind a Task or ValueTask of the declared type; null for void; the value itself otherwise.</summary>
    public static Task<object?> AwaitAsync(object? returned, Type declared) =>
        returned is null ? Task.FromResult<object?>(null) : Awaiters.GetOrAdd(declared, Awaiter)(returned);

    /// <summary>What a method's caller gets once it is awaited: T of Task of T, void of Task.</summary>
    public static Type ResultType(Type declared) => declared switch
    {
        _ when declared == typeof(Task) || declared == typeof(ValueTask) => typeof(void),
        { IsGenericType: true } when declared.GetGenericTypeDefinition() is var open && (open == typeof(Task<>) || open == typeof(ValueTask<>)) =>
            declared.GetGenericArguments()[0],
        _ => declared,
    };

    private static Func<object, Task<object?>> Awaiter(Type declared)
    {
        if (declared == typeof(Task))
            return AwaitVoidAsync;
        if (declared == typeof(ValueTask))
            return returned => AwaitVoidAsync(((ValueTask)returned).AsTask());
        if (ResultType(declared) == declared)
            return Task.FromResult<object?>;
        var await = declared.GetGenericTypeDefinition() == typeof(Task<>) ? nameof(AwaitTaskAsync) : nameof(AwaitValueTaskAsync);
        return typeof(FunctionExecutor).GetMethod(await, BindingFlags.Static | BindingFlags.NonPublic)!
            .MakeGenericMethod(ResultType(declared)).CreateDelegate<Func<object, Task<object?>>>();
    }

    private static async Task<object?> AwaitVoidAsync(object returned)
    {
        await (Task)returned;
        return null;
    }

    private static async Task<object?> AwaitTaskAsync<T>(object returned) => await (Task<T>)returned;

    private static async Task<object?> AwaitValueTaskAsync<T>(object returned) => await (ValueTask<T>)returned;
}
