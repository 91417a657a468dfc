using System.Text.Json;
using System.Text.Json.Serialization;

namespace Microsoft.Azure.Functions.Worker.Timers;

/// <summary>A monitored timer's last status, in a small file that is replaced whole.</summary>
internal sealed partial class TimerState(string folder, string function, Action<Exception, string> damaged, Action<Exception, string> notWritten)
{
    // A name in any case is one function; a file system may tell cases apart or not.
    private readonly string _path = Path.Combine(folder, $"{function.ToLowerInvariant()}.json");

    public ScheduleStatus? Read()
    {
        if (!File.Exists(_path))
            return null;
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(_path), TimerJson.Default.ScheduleStatus);
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            damaged(e, _path);
            return null;
        }
    }

    public void Write(ScheduleStatus status)
    {
        try
        {
            Directory.CreateDirectory(folder);
            var written = _path + ".new";
            File.WriteAllBytes(written, JsonSerializer.SerializeToUtf8Bytes(status, TimerJson.Default.ScheduleStatus));
            File.Move(written, _path, overwrite: true);
        }
        // A full disk must not end the schedule: at worst a missed occurrence is made up for twice, or not at all.
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            notWritten(e, _path);
        }
    }

    [JsonSerializable(typeof(ScheduleStatus))]
    private sealed partial class TimerJson : JsonSerializerContext;
}
