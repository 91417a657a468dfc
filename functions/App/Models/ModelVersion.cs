using ChatLoop.Core.ModelFolders;

namespace ChatLoop.App.Models;

/// <summary>`version.json`: one immutable version of the chat model. Written after all of its files: where it is, they are.</summary>
/// <param name="Version">16 hexadecimal digits of the hash of all files: the same files have the same version.</param>
/// <param name="Name">The model's own name.</param>
/// <param name="Files">Every file of its folder, by path with forward slashes.</param>
public sealed record ModelVersion(string Version, string Name, DateTimeOffset PublishedAt, ModelOrigin Origin, IReadOnlyDictionary<string, ManifestFile> Files);
