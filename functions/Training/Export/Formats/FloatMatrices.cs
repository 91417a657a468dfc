namespace ChatLoop.Training.Export.Formats;

/// <summary>Matrices computed with in float32.</summary>
internal sealed class FloatMatrices(WeightFormat stored) : IMatrixFormat
{
    public string Multiply(OnnxGraph graph, string name, string x, Weight matrix) =>
        graph.Node("MatMul", name, [x, graph.Weight(name + ".weight", matrix.Transposed(), stored)]);

    public string Embed(OnnxGraph graph, string name, string ids, Weight table) =>
        graph.Node("Gather", name, [graph.Weight(name + ".weight", table, stored), ids]);

    public string Unembed(OnnxGraph graph, string name, string hidden, string embedding, Weight table) =>
        graph.Node("FusedMatMul", name, [hidden, embedding + ".weight"], OnnxGraph.Microsoft, ("transB", 1L));
}
