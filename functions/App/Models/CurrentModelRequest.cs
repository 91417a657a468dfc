namespace ChatLoop.App.Models;

/// <summary>The body of POST /api/models/current.</summary>
internal sealed record CurrentModelRequest(string? Version, string? Reason);
