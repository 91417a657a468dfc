namespace ChatLoop.Inference.Prompts;

/// <summary>One message as a prompt has it.</summary>
/// <param name="Role">`system`, `user` or `assistant`.</param>
/// <param name="Text">What was said.</param>
internal sealed record Turn(string Role, string Text)
{
    public const string System = "system";

    public const string User = "user";

    public const string Assistant = "assistant";
}
