using System.Runtime.InteropServices;

namespace ChatLoop.Training.Export;

/// <summary>
/// Builds an ONNX model (github.com/onnx/onnx, onnx.proto; the field numbers here are its) node by node. Nodes must be
/// added after what they read.
/// </summary>
internal sealed class OnnxGraph(string name)
{
    /// <summary>ONNX Runtime's own operators: attention with a cache, fused norms.</summary>
    public const string Microsoft = "com.microsoft";

    private const int IrVersion = 10;
    private const int OpsetVersion = 21;

    private readonly ProtoMessage _graph = new ProtoMessage().Add(2, name);

    /// <summary>Adds an input of the given dimensions: a number, or a name for one that is known only when running.</summary>
    public void Input(string name, OnnxType type, params object[] dimensions) => _graph.Add(11, ValueInfo(name, type, dimensions));

    public void Output(string name, OnnxType type, params object[] dimensions) => _graph.Add(12, ValueInfo(name, type, dimensions));

    /// <summary>Adds a weight and returns its name; half-precision weights are followed by the cast back.</summary>
    public string Weight(string name, Weight weight, WeightFormat format)
    {
        if (format == WeightFormat.Float32)
        {
            Initializer(name, OnnxType.Float, weight.Shape, weight.ToBytes(format));
            return name;
        }

        // ONNX Runtime folds the cast when it loads: the file is half, the arithmetic is not.
        Initializer(name + ".half", OnnxType.Float16, weight.Shape, weight.ToBytes(format));
        return Node("Cast", name, [name + ".half"], attributes: [("to", (long)OnnxType.Float)]);
    }

    /// <summary>Adds a weight that stays in half precision: for what is gathered from before it is computed with.</summary>
    public string Half(string name, Weight weight) => Initializer(name, OnnxType.Float16, weight.Shape, weight.ToBytes(WeightFormat.Float16));

    public string Constant(string name, params long[] values) => Initializer(name, OnnxType.Int64, [values.Length], MemoryMarshal.AsBytes<long>(values).ToArray());

    public string Scalar(string name, long value) => Initializer(name, OnnxType.Int64, [], MemoryMarshal.AsBytes<long>([value]).ToArray());

    public string Scalar(string name, float value) => Initializer(name, OnnxType.Float, [], MemoryMarshal.AsBytes<float>([value]).ToArray());

    /// <summary>Adds numbers as they are stored and returns their name.</summary>
    public string Initializer(string name, OnnxType type, long[] shape, ReadOnlyMemory<byte> values)
    {
        _graph.Add(5, new ProtoMessage().AddAll(1, shape).Add(2, (long)type).Add(8, name).Add(9, values));
        return name;
    }

    public string Initializer(string name, long[] shape, float[] values) => Initializer(name, OnnxType.Float, shape, MemoryMarshal.AsBytes<float>(values).ToArray());

    /// <summary>Adds a node with one output, which bears the node's name, and returns it.</summary>
    public string Node(string operation, string name, string[] inputs, string domain = "", params (string Name, object Value)[] attributes) =>
        Node(operation, name, inputs, [name], domain, attributes)[0];

    /// <summary>Adds a node; an empty string among the inputs or outputs stands for one that is left out.</summary>
    public string[] Node(string operation, string name, string[] inputs, string[] outputs, string domain = "", params (string Name, object Value)[] attributes)
    {
        var node = new ProtoMessage().AddAll(1, inputs).AddAll(2, outputs).Add(3, name).Add(4, operation);
        foreach (var (attribute, value) in attributes) node.Add(5, Attribute(attribute, value));
        _graph.Add(1, node.Add(7, domain));
        return outputs;
    }

    public void Save(string path)
    {
        var model = new ProtoMessage().Add(1, IrVersion).Add(2, "ChatLoop").Add(7, _graph)
            .Add(8, new ProtoMessage().Add(1, "").Add(2, OpsetVersion))
            .Add(8, new ProtoMessage().Add(1, Microsoft).Add(2, 1));
        using var stream = File.Create(path);
        stream.Write(model.Bytes.Span);
    }

    private static ProtoMessage Attribute(string name, object value)
    {
        var attribute = new ProtoMessage().Add(1, name);
        return value switch
        {
            float number => attribute.Add(2, number).Add(20, 1),
            long number => attribute.Add(3, number).Add(20, 2),
            long[] numbers => attribute.AddAll(8, numbers).Add(20, 7),
            _ => throw new ArgumentException($"Attribute {name}: {value.GetType()} is not written here.", nameof(value)),
        };
    }

    private static ProtoMessage ValueInfo(string name, OnnxType type, object[] dimensions)
    {
        var shape = new ProtoMessage();
        foreach (var dimension in dimensions)
        {
            shape.Add(1, dimension is string symbol ? new ProtoMessage().Add(2, symbol) : new ProtoMessage().Add(1, Convert.ToInt64(dimension, null)));
        }

        var tensor = new ProtoMessage().Add(1, (long)type).Add(2, shape);
        return new ProtoMessage().Add(1, name).Add(2, new ProtoMessage().Add(1, tensor));
    }
}
