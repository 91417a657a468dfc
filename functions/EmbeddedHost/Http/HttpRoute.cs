using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Azure.Functions.Worker.Invocations;

namespace Microsoft.Azure.Functions.Worker.Http;

/// <summary>Where an HTTP function answers.</summary>
/// <param name="Path">Without a leading slash: the prefix, then the function's own route.</param>
/// <param name="Methods">Empty for all.</param>
internal sealed record HttpRoute(string Path, RoutePattern Pattern, IReadOnlyList<string> Methods)
{
    /// <param name="path">The function's route or name, setting references already replaced.</param>
    public static HttpRoute Parse(string function, string prefix, string path, IReadOnlyList<string> methods)
    {
        var own = path.Trim('/');
        // Azure keeps these for its own management; a route there would never be reached.
        if (own.Split('/')[0].ToUpperInvariant() is "ADMIN" or "RUNTIME")
            throw FunctionDiscovery.Bad(function, $"the route \"{own}\" starts with admin or runtime, which Azure keeps for itself");
        var full = prefix.Length == 0 || own.Length == 0 ? prefix + own : $"{prefix}/{own}";
        if (methods.FirstOrDefault(m => m.Length == 0 || m.Any(c => !char.IsAsciiLetter(c))) is { } bad)
            throw FunctionDiscovery.Bad(function, $"\"{bad}\" is not an HTTP method");
        try
        {
            return new HttpRoute(full, RoutePatternFactory.Parse("/" + full), [.. methods.Select(m => m.ToUpperInvariant()).Distinct()]);
        }
        catch (RoutePatternException e)
        {
            throw FunctionDiscovery.Bad(function, $"the route \"{full}\" is not valid: {e.Message.ReplaceLineEndings(" ").TrimEnd('.')}");
        }
    }

    /// <summary>Fails where a constraint is unknown, which routing itself would only find out at the first request.</summary>
    public void CheckConstraints(string function, ParameterPolicyFactory policies)
    {
        foreach (var parameter in Pattern.Parameters)
        {
            foreach (var reference in parameter.ParameterPolicies)
            {
                try
                {
                    policies.Create(parameter, reference);
                }
                // The factory and the constraints' constructors throw what they like at a bad argument.
                catch (Exception e)
                {
                    throw FunctionDiscovery.Bad(function, $"the route \"{Path}\" has a bad constraint on {parameter.Name}: {e.Message.ReplaceLineEndings(" ").TrimEnd('.')}");
                }
            }
        }
    }

    /// <summary>The same path shape (names of parameters aside) and a common method: requests could not choose.</summary>
    public bool ClashesWith(HttpRoute other) =>
        string.Equals(Shape(), other.Shape(), StringComparison.OrdinalIgnoreCase)
        && (Methods.Count == 0 || other.Methods.Count == 0 || Methods.Intersect(other.Methods).Any());

    private string Shape() => string.Join('/', Pattern.PathSegments.Select(segment => string.Concat(segment.Parts.Select(part => part switch
    {
        RoutePatternParameterPart { ParameterPolicies.Count: 0 } parameter => parameter.IsCatchAll ? "{**}" : "{}",
        RoutePatternParameterPart parameter => $"{{:{string.Join(':', parameter.ParameterPolicies.Select(p => p.Content))}}}",
        RoutePatternLiteralPart literal => literal.Content,
        RoutePatternSeparatorPart separator => separator.Content,
        _ => "",
    }))));
}
