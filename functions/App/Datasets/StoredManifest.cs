using ChatLoop.Core.Datasets;

namespace ChatLoop.App.Datasets;

/// <summary>As much of a stored `manifest.json` as the app reads.</summary>
internal sealed record StoredManifest(string Id, DateTimeOffset Created, IReadOnlyDictionary<string, DatasetFile> Files, int Users);
