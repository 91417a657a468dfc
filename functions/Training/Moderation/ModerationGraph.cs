using ChatLoop.Training.Export;

namespace ChatLoop.Training.Moderation;

/// <summary>
/// The classifier as an ONNX graph: `ids` int64 (N), the buckets of one text's n-grams → `scores` float32 (categories). The table is stored
/// in half precision and its rows are widened after they are gathered, so that loading does not double it.
/// </summary>
internal static class ModerationGraph
{
    public static void Save(string path, IReadOnlyDictionary<string, Weight> weights)
    {
        var graph = new OnnxGraph("moderation");
        graph.Input("ids", OnnxType.Int64, "n_grams");
        graph.Output("scores", OnnxType.Float, weights["output.bias"].Shape[0]);
        var table = graph.Half("table", weights["table.weight"]);
        var rows = graph.Node("Cast", "rows", [graph.Node("Gather", "rows.half", [table, "ids"])], attributes: [("to", (long)OnnxType.Float)]); // (N, D)
        var sum = graph.Node("ReduceSum", "sum", [rows, graph.Constant("axis", 0)], attributes: [("keepdims", 1L)]); // (1, D)
        var count = graph.Node("Cast", "count", [graph.Node("Shape", "n", ["ids"])], attributes: [("to", (long)OnnxType.Float)]);
        var pooled = graph.Node("Div", "pooled", [sum, graph.Node("Sqrt", "root", [count])]);
        var hidden = graph.Node("Relu", "hidden.active", [Linear(graph, "hidden", pooled, weights)]);
        var logits = Linear(graph, "output", hidden, weights); // (1, categories)
        graph.Node("Sigmoid", "scores", [graph.Node("Squeeze", "logits", [logits, graph.Constant("first", 0)])]);
        graph.Save(path);
    }

    private static string Linear(OnnxGraph graph, string name, string input, IReadOnlyDictionary<string, Weight> weights)
    {
        var weight = graph.Weight(name + ".weight", weights[name + ".weight"].Transposed(), WeightFormat.Float32);
        var bias = graph.Weight(name + ".bias", weights[name + ".bias"], WeightFormat.Float32);
        return graph.Node("Add", name, [graph.Node("MatMul", name + ".product", [input, weight]), bias]);
    }
}
