namespace ChatLoop.Core.Improvement;

/// <summary>A model by its folder's manifest.</summary>
/// <param name="Name">The manifest's name.</param>
/// <param name="Hash">SHA-256 of manifest.json, which holds the hash of every file: lower-case hexadecimal.</param>
public sealed record ImprovedModel(string Name, string Hash);
