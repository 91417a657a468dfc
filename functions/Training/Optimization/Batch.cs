using TorchSharp;

namespace ChatLoop.Training.Optimization;

/// <summary>Rows for one forward pass, on the CPU.</summary>
/// <param name="Ids">int64 (B, T)</param>
/// <param name="Targets">int64 (B, T): the id that should follow each.</param>
/// <param name="Weights">float32 (B, T): how much each target counts.</param>
/// <param name="Positions">int64 (B, T) where several texts share a row, else null.</param>
/// <param name="Mask">Boolean (B, 1, T, T), true where a query may look; null for plain causal attention.</param>
internal sealed record Batch(torch.Tensor Ids, torch.Tensor Targets, torch.Tensor Weights, torch.Tensor? Positions = null, torch.Tensor? Mask = null)
{
    /// <summary>A view of some of the rows.</summary>
    public Batch Rows(long start, long count) =>
        new(Ids.narrow(0, start, count), Targets.narrow(0, start, count), Weights.narrow(0, start, count), Positions?.narrow(0, start, count), Mask?.narrow(0, start, count));

    public Batch To(torch.Device device) =>
        device.type == DeviceType.CPU ? this : new Batch(Ids.to(device), Targets.to(device), Weights.to(device), Positions?.to(device), Mask?.to(device));
}
