namespace ChatLoop.Inference.Generation;

/// <summary>One sequence on its way through the model, with the keys and values of what it has read.</summary>
internal interface IDecoder : IDisposable
{
    /// <summary>Forgets the sequence; the buffers stay.</summary>
    void Restart();

    /// <summary>Reads more of the sequence and gives the logits after its last token, valid until the next call.</summary>
    /// <exception cref="OperationCanceledException">Cancelled between two pieces of a long prompt; the decoder must be restarted.</exception>
    ReadOnlySpan<float> Read(ReadOnlySpan<int> ids, CancellationToken cancellationToken);
}
