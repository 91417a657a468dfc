using System.Text.Json.Serialization;

namespace ChatLoop.Training.Export;

/// <summary>How a graph holds its matrices. Norms and attention are computed in float32 whatever it is.</summary>
internal enum WeightFormat
{
    [JsonStringEnumMemberName("float32")]
    Float32,

    /// <summary>Rounded once to IEEE half precision: half the file, relative error at most 2⁻¹¹ a weight; computed with in float32.</summary>
    [JsonStringEnumMemberName("float16")]
    Float16,

    /// <summary>Eight bits, a scale for every 32 weights of a row (`MatMulNBits`); each block of the activations gets a scale of its own.</summary>
    [JsonStringEnumMemberName("int8")]
    Int8,

    /// <summary>Eight bits, a scale for each output (`MatMulInteger`); all of a step's activations share one scale, so rows of a batch touch each other.</summary>
    [JsonStringEnumMemberName("int8-dynamic")]
    Int8Dynamic,

    /// <summary>Four bits, a scale for every 32 weights of a row.</summary>
    [JsonStringEnumMemberName("int4-32")]
    Int4Block32,

    /// <summary>Four bits, a scale for every 128 weights of a row.</summary>
    [JsonStringEnumMemberName("int4-128")]
    Int4Block128,
}
