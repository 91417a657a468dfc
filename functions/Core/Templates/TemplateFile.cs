namespace ChatLoop.Core.Templates;

/// <summary>One language's templates as they stand in their file: kind → category, or "default" → text.</summary>
public sealed record TemplateFile(string Language, IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Templates);
