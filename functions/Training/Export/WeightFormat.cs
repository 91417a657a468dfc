namespace ChatLoop.Training.Export;

/// <summary>How weights are stored. Either way they are computed with in float32.</summary>
internal enum WeightFormat
{
    Float32,

    /// <summary>Rounded once to IEEE half precision: half the file, relative error at most 2⁻¹¹ a weight.</summary>
    Float16,
}
