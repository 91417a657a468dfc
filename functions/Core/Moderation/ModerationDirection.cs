namespace ChatLoop.Core.Moderation;

/// <summary>Whose text is judged.</summary>
public enum ModerationDirection
{
    /// <summary>What a user asks.</summary>
    Question,

    /// <summary>What the model is about to say.</summary>
    Answer,
}
