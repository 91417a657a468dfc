using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;

namespace Microsoft.Azure.Functions.Worker.Http;

/// <summary>
/// The keys that requests must carry, from settings: <c>EmbeddedHost__Keys__Master</c>, <c>EmbeddedHost__Keys__Host__{name}</c>,
/// <c>EmbeddedHost__Keys__System__{name}</c> and <c>EmbeddedHost__Keys__Functions__{function}__{name}</c>. Without any, nothing is checked.
/// </summary>
internal sealed class FunctionKeys
{
    private readonly byte[][] _master;
    private readonly byte[][] _host;
    private readonly byte[][] _system;
    private readonly Dictionary<string, byte[][]> _functions;

    public FunctionKeys(IConfiguration settings)
    {
        var keys = settings.GetSection("EmbeddedHost:Keys");
        _master = keys["Master"] is { Length: > 0 } master ? [Hash(master)] : [];
        _host = Hashes(keys.GetSection("Host"));
        _system = Hashes(keys.GetSection("System"));
        _functions = keys.GetSection("Functions").GetChildren().ToDictionary(f => f.Key, Hashes, StringComparer.OrdinalIgnoreCase);
        AreChecked = _master.Length + _host.Length + _system.Length + _functions.Values.Sum(f => f.Length) > 0;
    }

    /// <summary>Whether any key is configured.</summary>
    public bool AreChecked { get; }

    public bool Allow(AuthorizationLevel level, string function, HttpRequest request)
    {
        if (level == AuthorizationLevel.Anonymous || !AreChecked)
            return true;
        var header = request.Headers["x-functions-key"].ToString();
        return Allow(level, function, header.Length > 0 ? header : request.Query["code"].ToString());
    }

    public bool Allow(AuthorizationLevel level, string function, string key)
    {
        if (level == AuthorizationLevel.Anonymous || !AreChecked)
            return true;
        if (key.Length == 0)
            return false;
        var hash = Hash(key);
        return level switch
        {
            AuthorizationLevel.Function => Has(_master, hash) | Has(_host, hash) | Has(_functions.GetValueOrDefault(function, []), hash),
            AuthorizationLevel.System => Has(_master, hash) | Has(_system, hash),
            _ => Has(_master, hash),
        };
    }

    private static byte[][] Hashes(IConfigurationSection section) =>
        [.. section.GetChildren().Select(k => k.Value).Where(v => !string.IsNullOrEmpty(v)).Select(v => Hash(v!))];

    // Hashes have one length, so that the comparison takes the same time whatever the key.
    private static byte[] Hash(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));

    private static bool Has(byte[][] hashes, byte[] hash)
    {
        var found = false;
        foreach (var known in hashes)
            found |= CryptographicOperations.FixedTimeEquals(known, hash);
        return found;
    }
}
