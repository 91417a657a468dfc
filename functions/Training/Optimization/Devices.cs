using ChatLoop.Training.Cli;
using TorchSharp;

namespace ChatLoop.Training.Optimization;

/// <summary>Turns `--device` into a libtorch device.</summary>
internal static class Devices
{
    /// <exception cref="StageException">The name is unknown, or the packages have no such device.</exception>
    public static torch.Device Open(string name)
    {
        if (name == "cpu") return torch.CPU;
        if (name != "cuda") throw new StageException($"Unknown device '{name}': cpu or cuda.");
        return torch.cuda.is_available()
            ? torch.CUDA
            : throw new StageException("--device cuda: this build has libtorch for the CPU only, or there is no GPU. functions/Training/README.md says which packages a GPU needs.");
    }
}
