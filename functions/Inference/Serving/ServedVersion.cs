namespace ChatLoop.Inference.Serving;

/// <summary>Which model answers.</summary>
/// <param name="Version">What the caller of the swap named it; <see cref="Shipped"/> for the folder of the settings.</param>
/// <param name="Name">The model's own name, which answers bear.</param>
/// <param name="Folder">Where its files lie.</param>
/// <param name="Since">When it began to serve.</param>
public sealed record ServedVersion(string Version, string Name, string Folder, DateTimeOffset Since)
{
    public const string Shipped = "shipped";
}
