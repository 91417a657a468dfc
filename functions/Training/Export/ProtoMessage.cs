using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace ChatLoop.Training.Export;

/// <summary>
/// One protocol-buffers message as it is written (protobuf.dev/programming-guides/encoding), fields in the order of the
/// calls. All of the encoding that ONNX needs, without generated code.
/// </summary>
internal sealed class ProtoMessage
{
    // Wire types: how many bytes follow a field's tag.
    private const int Varint = 0;
    private const int LengthDelimited = 2;
    private const int Fixed32 = 5;

    private readonly ArrayBufferWriter<byte> _bytes = new();

    /// <summary>All that was written so far.</summary>
    public ReadOnlyMemory<byte> Bytes => _bytes.WrittenMemory;

    public ProtoMessage Add(int field, long value)
    {
        Tag(field, Varint);
        Number((ulong)value);
        return this;
    }

    public ProtoMessage Add(int field, float value)
    {
        Tag(field, Fixed32);
        BinaryPrimitives.WriteSingleLittleEndian(_bytes.GetSpan(4), value);
        _bytes.Advance(4);
        return this;
    }

    public ProtoMessage Add(int field, ReadOnlyMemory<byte> value)
    {
        Tag(field, LengthDelimited);
        Number((ulong)value.Length);
        _bytes.Write(value.Span);
        return this;
    }

    public ProtoMessage Add(int field, string value) => Add(field, Encoding.UTF8.GetBytes(value));

    public ProtoMessage Add(int field, ProtoMessage value) => Add(field, value.Bytes);

    public ProtoMessage AddAll(int field, IEnumerable<string> values)
    {
        foreach (var value in values) Add(field, value);
        return this;
    }

    public ProtoMessage AddAll(int field, IEnumerable<long> values)
    {
        foreach (var value in values) Add(field, value);
        return this;
    }

    private void Tag(int field, int wireType) => Number((ulong)(field << 3 | wireType));

    private void Number(ulong value)
    {
        for (; value >= 0x80; value >>= 7) _bytes.Write([(byte)(value | 0x80)]);
        _bytes.Write([(byte)value]);
    }
}
