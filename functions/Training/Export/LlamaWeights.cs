using ChatLoop.Training.Base;
using ChatLoop.Training.Checkpoints;
using ChatLoop.Training.Modeling;
using static TorchSharp.torch;

namespace ChatLoop.Training.Export;

/// <summary>A model's parameters on the CPU, by their Hugging Face names.</summary>
internal static class LlamaWeights
{
    /// <summary>Those in an exported folder's `model.safetensors`.</summary>
    public static IReadOnlyDictionary<string, Weight> Read(ExportedModel exported)
    {
        using var model = new Llama(exported.Config, seed: 0);
        SafeTensorsFile.ReadInto(exported.Weights, model.named_parameters().Select(p => (p.name, (Tensor)p.parameter)));
        return Of(model);
    }

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
