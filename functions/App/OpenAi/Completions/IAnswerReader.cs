namespace ChatLoop.App.OpenAi.Completions;

/// <summary>Reads a turn's answer along while it is written.</summary>
internal interface IAnswerReader
{
    /// <summary>Ends with the part that has the answered turn. Nothing comes that has not passed moderation.</summary>
    IAsyncEnumerable<AnswerPart> ReadAsync(string conversationId, string turnId, CancellationToken cancellationToken);
}
