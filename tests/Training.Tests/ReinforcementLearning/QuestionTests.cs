using ChatLoop.Core.Chat;
using ChatLoop.Training.Data;
using ChatLoop.Training.ReinforcementLearning;
using ChatLoop.Training.Tokenization;
using Microsoft.ML.Tokenizers;

namespace ChatLoop.Training.Tests.ReinforcementLearning;

public sealed class QuestionTests : IDisposable
{
    private readonly TinyRun _run = new();

    private Tokenizer Tokenizer => TokenizerFile.Load(_run.Folder.TokenizerFile);

    [Fact]
    public void A_long_question_loses_its_oldest_messages_whole_and_keeps_its_special_tokens()
    {
        Conversation conversation = new("set", [new(ChatRole.User, "first one"), new(ChatRole.Assistant, "reply"), new(ChatRole.User, "second"), new(ChatRole.Assistant, "answer")]);
        var question = Assert.Single(QuestionReader.Read([conversation], [], Tokenizer, longest: 20));
        Assert.Equal("second", question.Text);
        Assert.Equal(SpecialTokens.BeginId, question.Ids[0]);
        Assert.Equal(SpecialTokens.All.ToList().IndexOf(SpecialTokens.Assistant), question.Ids[^1]);
        Assert.Equal("first one\nreply\nsecond", QuestionReader.Read([conversation], [], Tokenizer, longest: 60)[0].Text);
        Assert.Empty(QuestionReader.Read([conversation], [], Tokenizer, longest: 8));
    }

    [Fact]
    public void Questions_with_one_long_beginning_are_one_and_those_with_personal_data_are_none()
    {
        var stem = new string('a', 80);
        Conversation[] conversations = [.. new[] { stem + "b", stem + "c", "plain", "mail me at ann@example.org", "call +49 30 1234 5678", "1,000,000,000 is how much?" }.Select(q => Conversation.Of("set", q, "answer"))];
        Assert.Equal([stem + "b", "plain", "1,000,000,000 is how much?"], QuestionReader.Read(conversations, [], Tokenizer, 200).Select(q => q.Text));
        Assert.Empty(QuestionReader.Read(conversations, ["other"], Tokenizer, 200));
    }

    [Fact]
    public void Every_question_comes_once_an_epoch_in_a_new_order_that_the_cursor_brings_back()
    {
        var source = new QuestionSource(TinyPolicy.Questions, seed: 1);
        var first = source.Next(20).Select(q => q.Text).ToArray();
        var second = source.Next(20).Select(q => q.Text).ToArray();
        Assert.Equal(first.Order(), TinyPolicy.Questions.Select(q => q.Text).Order());
        Assert.Equal(first.Order(), second.Order());
        Assert.NotEqual(first, second);
        Assert.Equal(second[3..], new QuestionSource(TinyPolicy.Questions, seed: 1) { Drawn = 23 }.Next(17).Select(q => q.Text));
    }

    [Fact]
    public void Evaluations_ask_of_each_set_in_turn_so_that_a_large_one_does_not_crowd_out_the_others()
    {
        Question[] questions = [.. new[] { "a", "a", "a", "a", "b", "c", "c" }.Select((set, i) => new Question($"{set}{i}", [i], set))];
        Assert.Equal(["a0", "b4", "c5", "a1", "c6", "a2", "a3"], QuestionReader.InTurn(questions).Select(q => q.Text));
    }

    [Fact]
    public void Every_step_and_row_has_a_seed_of_its_own() =>
        Assert.Equal(50 * 64, Enumerable.Range(0, 50).SelectMany(step => Enumerable.Range(0, 64).Select(row => HashCodes.Mix(7, step, row))).Distinct().Count());

    public void Dispose() => _run.Dispose();
}
