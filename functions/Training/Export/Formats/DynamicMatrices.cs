namespace ChatLoop.Training.Export.Formats;

/// <summary>
/// Eight-bit integers with a scale for each output. `DynamicQuantizeMatMul` is `DynamicQuantizeLinear` of the activations,
/// `MatMulInteger` and the scales in one operator. The table lies once in the graph, (C, V): the product wants it so, and
/// rows are gathered from its columns.
/// </summary>
internal sealed class DynamicMatrices : IMatrixFormat
{
    private const float Largest = 127;

    public string Multiply(OnnxGraph graph, string name, string x, Weight matrix)
    {
        Add(graph, name, matrix);
        return Product(graph, name, x, name);
    }

    public string Embed(OnnxGraph graph, string name, string ids, Weight table)
    {
        Add(graph, name, table);
        var columns = graph.Node("Gather", name + ".columns", [name + ".integers", ids], attributes: [("axis", 1L)]); // (C, B, S)
        var rows = graph.Node("Transpose", name + ".rows", [columns], attributes: [("perm", new long[] { 1, 2, 0 })]); // (B, S, C)
        var numbers = graph.Node("Cast", name + ".numbers", [rows], attributes: [("to", (long)OnnxType.Float)]);
        var scales = graph.Node("Gather", name + ".row_scales", [name + ".scales", ids]); // (B, S)
        return graph.Node("Mul", name, [numbers, graph.Node("Unsqueeze", name + ".factors", [scales, graph.Constant(name + ".axis", 2)])]);
    }

    public string Unembed(OnnxGraph graph, string name, string hidden, string embedding, Weight table) => Product(graph, name, hidden, embedding);

    private static string Product(OnnxGraph graph, string name, string x, string matrix) =>
        graph.Node("DynamicQuantizeMatMul", name, [x, matrix + ".integers", matrix + ".scales"], OnnxGraph.Microsoft);

    // (out, in) → integers (in, out), scales (out).
    private static void Add(OnnxGraph graph, string name, Weight matrix)
    {
        var (rows, columns) = ((int)matrix.Shape[0], (int)matrix.Shape[1]);
        var (integers, scales) = (new byte[matrix.Values.Length], new float[rows]);
        Parallel.For(0, rows, row =>
        {
            var numbers = matrix.Values.AsSpan(row * columns, columns);
            var furthest = 0f;
            foreach (var number in numbers) furthest = Math.Max(furthest, Math.Abs(number));
            scales[row] = furthest / Largest;
            var inverse = furthest == 0 ? 0 : Largest / furthest;
            for (var column = 0; column < columns; column++) integers[column * rows + row] = (byte)(sbyte)MathF.Round(numbers[column] * inverse);
        });
        graph.Initializer(name + ".integers", OnnxType.Int8, [columns, rows], integers);
        graph.Initializer(name + ".scales", [rows], scales);
    }
}
