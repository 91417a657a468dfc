namespace ChatLoop.Core.Templates;

/// <summary>Names a template: its kind, the moderation category that it is written for (null: any), and its language.</summary>
public sealed record TemplateKey(TemplateKind Kind, string? Category, string Language);
