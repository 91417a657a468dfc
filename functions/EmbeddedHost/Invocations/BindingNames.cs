using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace Microsoft.Azure.Functions.Worker.Invocations;

/// <summary>The names that function.json gives to bindings: <c>httpTrigger</c>, <c>queueTrigger</c>, <c>queue</c> …</summary>
internal static class BindingNames
{
    public static string Of(BindingAttribute binding)
    {
        var name = binding.GetType().Name.Replace("Attribute", "", StringComparison.Ordinal);
        if (binding is OutputBindingAttribute)
            name = name.Replace("Output", "", StringComparison.Ordinal).Replace("HttpResult", "http", StringComparison.Ordinal);
        return char.ToLowerInvariant(name[0]) + name[1..];
    }
}
