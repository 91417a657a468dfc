using ChatLoop.Core.Chat;
using ChatLoop.Training.Evaluation.Likelihood;
using ChatLoop.Training.SupervisedFineTuning;
using ChatLoop.Training.Tests.ReinforcementLearning;

namespace ChatLoop.Training.Tests.Evaluation.Likelihood;

/// <summary>What BLiMP, LAMBADA and the multiple-choice sets make of likelihoods.</summary>
public sealed class LikelihoodFigureTests
{
    [Theory]
    [InlineData(new[] { 6, 7, 8, 9 }, new[] { 6, 7, 9, 8 }, 2)]
    [InlineData(new[] { 6, 7 }, new[] { 8, 9, 10 }, 0)]
    [InlineData(new[] { 6, 7 }, new[] { 6, 7, 8 }, 1)] // one is the other's beginning: its last word still counts
    public void Sentences_share_their_beginning_and_differ_by_what_they_would_whole(int[] good, int[] bad, int shared)
    {
        using var model = TinyPolicy.Create();
        var pair = MinimalPairs.Continuations(good, bad);
        Assert.Equal(1 + shared, pair[0].Context.Count);
        var scorer = new LikelihoodScorer(model, 1, 100);
        var cut = scorer.Score(pair, progress: null, CancellationToken.None);
        var whole = scorer.Score([new Continuation([1], good), new Continuation([1], bad)], progress: null, CancellationToken.None);
        Assert.Equal(whole[0].LogProbability - whole[1].LogProbability, cut[0].LogProbability - cut[1].LogProbability, 1e-4);
    }

    [Fact]
    public void A_choice_is_likeliest_by_its_sum_or_by_its_sum_per_byte()
    {
        ChoiceQuestion[] questions = [new("first", ["no", "certainly"], 1), new("second", ["tea", "milk", "é"], 2)];
        // Sums: −4 against −9 (no, wrong); −5, −2, −1.5 (é, right). Per byte: −2 against −1 (certainly, right); −1.67, −0.5, −0.75, for é has two bytes (milk, wrong).
        var figures = MultipleChoice.Figures("t", questions, [-4, -9, -5, -2, -1.5]);
        Assert.Equal(("accuracy", 0.5, 2), (figures[0].Metric, figures[0].Value, figures[0].Count));
        Assert.Equal(("accuracy per byte", 0.5), (figures[1].Metric, figures[1].Value));
        Assert.Equal(1, MultipleChoice.Figures("t", [questions[0]], [-4, -9])[1].Value);
        Assert.Equal(0, MultipleChoice.Figures("t", [questions[0]], [-4, -9])[0].Value);
        Assert.Equal((1.0 / 2 + 1.0 / 3) / 2, figures[0].Chance!.Value, 1e-12);
    }

    [Fact]
    public void A_pre_trained_model_is_asked_in_plain_text_and_a_chat_model_in_the_chat_template()
    {
        using var eval = new TinyEval();
        var setting = eval.Setting();
        var question = new ChoiceQuestion("Why?", ["so", "no"], 0);

        var plain = MultipleChoice.Continuations(question, isChat: false, setting).ToArray();
        Assert.Equal((SpecialTokens.BeginId, "Question: Why?\nAnswer:"), (plain[0].Context[0], setting.Vocabulary.Decode(plain[0].Context)));
        Assert.Equal([" so", " no"], plain.Select(c => setting.Vocabulary.Decode(c.Ids)));

        var chat = MultipleChoice.Continuations(question, isChat: true, setting).ToArray();
        Assert.Equal(EncodedConversation.Prompt([(ChatRole.User, "Question: Why?\nAnswer:")], setting.Tokenizer), chat[0].Context);
        Assert.Equal(["so", "no"], chat.Select(c => setting.Vocabulary.Decode(c.Ids)));

        var last = LastWord.Split("It was a dog", setting);
        Assert.Equal(("It was a", " dog"), (setting.Vocabulary.Decode(last.Context), setting.Vocabulary.Decode(last.Ids)));
    }

    [Fact]
    public void Lambada_counts_greedy_words_and_raises_the_mean_to_a_perplexity()
    {
        var figures = LastWord.Figures("t", [new(-Math.Log(2), true), new(-Math.Log(8), false)]);
        Assert.Equal(0.5, figures[0].Value);
        Assert.Equal(4, figures[1].Value, 1e-9); // the geometric mean of 2 and 8
        Assert.Equal(4 * Math.Log(2), figures[1].StandardError!.Value, 1e-9); // ln 2 around ln 4, times 4
    }
}
