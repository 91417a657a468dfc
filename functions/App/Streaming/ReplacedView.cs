using ChatLoop.Core.Templates;

namespace ChatLoop.App.Streaming;

/// <summary>What takes the place of the text so far, and which template it is; null where the answer begins anew.</summary>
internal sealed record ReplacedView(string Text, TemplateKey? Template);
