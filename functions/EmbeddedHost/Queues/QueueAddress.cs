using System.Text.RegularExpressions;
using Microsoft.Azure.Functions.Worker.Invocations;
using Microsoft.Azure.Functions.Worker.Settings;
using Microsoft.Azure.Functions.Worker.Storage;
using Microsoft.Extensions.Configuration;

namespace Microsoft.Azure.Functions.Worker.Queues;

/// <summary>A queue of an account: the setting with the connection, and the queue's name.</summary>
internal sealed partial record QueueAddress(string Connection, string Name)
{
    public QueueAddress Poison => this with { Name = Name + "-poison" };

    public static QueueAddress Of(string function, string queueName, string? connection, IConfiguration settings)
    {
        var name = SettingReference.Resolve(queueName, settings, function);
        return IsName(name)
            ? new QueueAddress(connection ?? StorageConnection.Default, name)
            : throw FunctionDiscovery.Bad(function, $"\"{name}\" is not a queue name: 3 to 63 lower-case letters, digits and single '-' between them");
    }

    public static bool IsName(string name) => name.Length is >= 3 and <= 63 && Rule().IsMatch(name);

    [GeneratedRegex(@"\A[a-z0-9]+(-[a-z0-9]+)*\z")]
    private static partial Regex Rule();
}
