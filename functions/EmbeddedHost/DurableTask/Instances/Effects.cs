using Microsoft.DurableTask.Activities;
using Microsoft.DurableTask.Store;

namespace Microsoft.DurableTask.Instances;

/// <summary>What a turn sets going, once it is on the disk.</summary>
internal sealed class Effects
{
    public List<ActivityWork> Activities { get; } = [];

    public List<DueTimer> Timers { get; } = [];

    public List<InboxMessage> Messages { get; } = [];

    public List<Action> Acknowledgements { get; } = [];

    /// <summary>Whether those who wait for the instance should look again.</summary>
    public bool StatusChanged { get; set; }

    /// <summary>Whether the instance has started over and has a turn to take.</summary>
    public bool Again { get; set; }
}
