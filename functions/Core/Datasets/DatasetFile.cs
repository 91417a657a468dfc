namespace ChatLoop.Core.Datasets;

/// <summary>What the manifest knows of one file.</summary>
/// <param name="Records">Lines of JSON.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Sha256">SHA-256 of its bytes, lower-case hexadecimal.</param>
public sealed record DatasetFile(int Records, long Bytes, string Sha256);
