using ChatLoop.Inference.Serving;

namespace ChatLoop.App.Models;

/// <summary>GET /api/models.</summary>
internal sealed record ModelsView(string Current, string Serving, IReadOnlyList<ModelsView.Item> Versions)
{
    internal sealed record Item(string Version, string? Name, DateTimeOffset? PublishedAt, ModelOrigin? Origin, long? Bytes)
    {
        public static Item Of(ModelVersion version) => new(version.Version, version.Name, version.PublishedAt, version.Origin, version.Files.Values.Sum(file => file.Bytes));

        /// <summary>What came with the app: to be gone back to like any other.</summary>
        public static Item Shipped { get; } = new(ServedVersion.Shipped, null, null, null, null);
    }
}
