using ChatLoop.Training.SupervisedFineTuning;
using static TorchSharp.torch;

namespace ChatLoop.Training.Tests.SupervisedFineTuning;

public sealed class ConversationPackerTests
{
    [Fact]
    public void Sources_share_the_tokens_by_weight()
    {
        using var scope = NewDisposeScope();
        var packer = Packer();
        var (of5, of9) = (0, 0);
        for (var i = 0; i < 50; i++)
        {
            var ids = packer.Next().Ids.data<long>().ToArray();
            (of5, of9) = (of5 + ids.Count(id => id == 5), of9 + ids.Count(id => id == 9));
        }

        Assert.Equal(0.25, (double)of5 / (of5 + of9), 0.02);
    }

    [Fact]
    public void A_cursor_put_back_gives_the_same_rows_though_a_conversation_was_waiting()
    {
        using var scope = NewDisposeScope();
        var (one, other) = (Packer(), Packer());
        for (var i = 0; i < 13; i++) one.Next();
        other.Cursor = one.Cursor;
        for (var i = 0; i < 20; i++) Assert.Equal(one.Next().Ids.data<long>().ToArray(), other.Next().Ids.data<long>().ToArray());
    }

    // Conversations of many lengths, filled with 5 (source a) or 9 (source b).
    private static ConversationPacker Packer()
    {
        var conversations = Enumerable.Range(0, 60).Select(i =>
        {
            var ids = new ushort[4 + i % 11];
            Array.Fill(ids, (ushort)(i % 2 == 0 ? 5 : 9));
            return new EncodedConversation(i % 2 == 0 ? "a" : "b", ids, [.. ids.Select((_, at) => at > 2)]);
        });
        return new ConversationPacker(conversations, new Dictionary<string, double> { ["a"] = 1, ["b"] = 3 }, rows: 2, length: 32, seed: 1);
    }
}
