using ChatLoop.Training.Modeling;
using static TorchSharp.torch;

namespace ChatLoop.Training.Export;

/// <summary>A model's parameters on the CPU, by their Hugging Face names.</summary>
internal static class LlamaWeights
{
    public static IReadOnlyDictionary<string, Weight> Of(Llama model)
    {
        using var scope = NewDisposeScope();
        var weights = new SortedDictionary<string, Weight>(StringComparer.Ordinal);
        foreach (var (name, parameter) in model.named_parameters())
        {
            var onCpu = parameter.detach().to(ScalarType.Float32).cpu().contiguous();
            weights[name] = new Weight([.. onCpu.shape], onCpu.data<float>().ToArray());
        }

        return weights;
    }
}
