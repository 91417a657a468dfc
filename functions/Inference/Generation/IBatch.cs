namespace ChatLoop.Inference.Generation;

/// <summary>
/// Sequences on their way through the model, each in a slot with the keys and values of what it has read. The first
/// <see cref="Decoding"/> slots take part in decode steps; a new sequence is prefilled in a slot beyond them, then joins.
/// For one thread.
/// </summary>
internal interface IBatch : IDisposable
{
    int Decoding { get; }

    /// <summary>Starts a sequence in a slot that is free.</summary>
    /// <returns>How many of the prompt's first tokens need not be read, because their keys and values are there; less than all.</returns>
    int Start(int slot, ReadOnlySpan<int> prompt);

    /// <summary>Reads more of a prompt; its last token's logits are then the slot's.</summary>
    void Prefill(int slot, ReadOnlySpan<int> ids);

    /// <summary>From now on the slot's sequence decodes, in slot <see cref="Decoding"/> as it was before this call.</summary>
    void Join(int slot);

    /// <summary>One token further for each decoding sequence, in the slots' order.</summary>
    void Decode(ReadOnlySpan<int> ids);

    /// <summary>Logits after the last token of a slot, valid until its next step.</summary>
    ReadOnlySpan<float> Logits(int slot);

    /// <summary>Frees a slot. Where it was decoding, the last of those takes its place.</summary>
    /// <param name="keep">What it has read may serve prompts that begin alike.</param>
    void Leave(int slot, bool keep);
}
