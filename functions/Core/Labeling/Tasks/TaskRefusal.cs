using System.Text.Json.Serialization;
using ChatLoop.Core.Json;

namespace ChatLoop.Core.Labeling.Tasks;

/// <summary>Why a labeler may not do what was asked.</summary>
[JsonConverter(typeof(EnumWords<TaskRefusal>))]
public enum TaskRefusal
{
    OwnWork,
    AlreadySubmitted,
    AlreadySkipped,
    TooManyLeases,
    NoFreePlace,
    NotLeased,
    Closed,
    Invalid,
}
