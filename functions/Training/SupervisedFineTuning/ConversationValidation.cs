using ChatLoop.Training.Modeling;
using ChatLoop.Training.Optimization;
using static TorchSharp.torch;

namespace ChatLoop.Training.SupervisedFineTuning;

/// <summary>Loss on the answers of held-out conversations, nats per token.</summary>
internal sealed class ConversationValidation(Llama model, IReadOnlyList<EncodedConversation> conversations, int length)
{
    // Rows to a forward pass.
    private const int Rows = 4;

    private readonly List<List<EncodedConversation>> _rows = Fill(conversations, length);

    public ValidationResult Run()
    {
        double nats = 0, tokens = 0;
        foreach (var rows in _rows.Chunk(Rows))
        {
            using var scope = NewDisposeScope();
            var batch = PackedRow.Pack(rows, length).To(model.Device);
            var each = VocabularyLoss.Each(model.Hidden(batch.Ids, batch.Positions, batch.Mask).flatten(0, 1), model.Embedding, batch.Targets.flatten());
            nats += (each * batch.Weights.flatten()).sum(ScalarType.Float64).item<double>();
            tokens += batch.Weights.sum(ScalarType.Float64).item<double>();
        }

        return new ValidationResult(nats / tokens, BitsPerByte: null);
    }

    private static List<List<EncodedConversation>> Fill(IReadOnlyList<EncodedConversation> conversations, int length)
    {
        var (rows, room) = (new List<List<EncodedConversation>>(), 0);
        foreach (var conversation in conversations)
        {
            if (conversation.Ids.Length > room) (rows, room) = ([.. rows, []], length);
            rows[^1].Add(conversation);
            room -= conversation.Ids.Length;
        }

        return rows;
    }
}
