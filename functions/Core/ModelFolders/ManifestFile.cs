namespace ChatLoop.Core.ModelFolders;

/// <summary>What a manifest knows of one file.</summary>
/// <param name="Sha256">SHA-256 of its bytes, lower-case hexadecimal.</param>
/// <param name="Bytes">Its length.</param>
public sealed record ManifestFile(string Sha256, long Bytes);
