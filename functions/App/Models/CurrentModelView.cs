namespace ChatLoop.App.Models;

/// <summary>What GET and POST /api/models/current answer.</summary>
/// <param name="Version">The current one.</param>
/// <param name="Serving">The one that the instance which answers serves; the others follow within their poll interval.</param>
/// <param name="Name">The serving model's own name.</param>
/// <param name="Failure">Why it is not the current one.</param>
internal sealed record CurrentModelView(string Version, string Serving, string Name, DateTimeOffset Since, ModelFailure? Failure, IReadOnlyList<ModelChange> History);
