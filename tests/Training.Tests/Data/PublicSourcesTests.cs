using ChatLoop.Training.Data.Sources;

namespace ChatLoop.Training.Tests.Data;

public sealed class PublicSourcesTests : IDisposable
{
    private readonly DataFolder _folder = new();

    // Its summaries are none of the documented formats: only its own reader may read them.
    [Fact]
    public void A_set_of_texts_with_a_reader_of_its_own_has_no_conversations()
    {
        _folder.Write("pretrain-squality/stories.jsonl.gz", """{ "split": "train", "text": "A long story." }""", """{ "split": "dev", "text": "Another." }""");
        _folder.Write("pretrain-squality/summaries.jsonl.gz", """{ "split": "train", "responses": ["It is short.", "It is long."] }""");
        var set = _folder.Set("pretrain-squality");
        Assert.Equal(["A long story.", "It is short.", "It is long."], PublicSources.Texts(set).Select(t => t.Text));
        Assert.Empty(PublicSources.Conversations(set));
    }

    public void Dispose() => _folder.Dispose();
}
