namespace ChatLoop.Core.Templates;

/// <summary>A prepared answer.</summary>
public sealed record Template(TemplateKey Key, string Text);
