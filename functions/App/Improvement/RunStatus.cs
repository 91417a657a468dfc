using System.Text.Json.Serialization;
using ChatLoop.Core.Json;

namespace ChatLoop.App.Improvement;

/// <summary>Where an improvement stands.</summary>
[JsonConverter(typeof(EnumWords<RunStatus>))]
public enum RunStatus
{
    Running,
    AwaitingApproval,

    /// <summary>The new model serves.</summary>
    Completed,

    /// <summary>A gate was not passed.</summary>
    Held,

    /// <summary>A person said no.</summary>
    Rejected,

    /// <summary>Nobody approved in time.</summary>
    TimedOut,
    Failed,
}
