using System.Text;
using ChatLoop.Training.Data;
using ChatLoop.Training.Tokenization;
using FsCheck;
using FsCheck.Xunit;

namespace ChatLoop.Training.Tests.Tokenization;

public sealed class BpeTrainerTests
{
    [Fact]
    public void Merges_of_stories_are_those_of_the_plain_algorithm()
    {
        var words = Words(string.Join(' ', SyntheticText.Stories(seed: 3, count: 30)) + " Smörgåsbord 😀😀😀 naïve naïve 今日は今日は");
        Assert.Equal(ReferenceBpe.Train(words, 200), Latin1(BpeTrainer.Train(words, 200)));
    }

    // Few letters, so that pairs overlap ("aaa"), tie, and fall and rise in number.
    [Property(MaxTest = 200)]
    public void Merges_of_any_words_are_those_of_the_plain_algorithm(NonEmptyArray<NonEmptyArray<byte>> spelled, byte merges)
    {
        var words = spelled.Get.Select(w => string.Concat(w.Get.Select(b => "abcé"[b % 4]))).GroupBy(w => w).ToDictionary(g => g.Key, g => (long)g.Count());
        Assert.Equal(ReferenceBpe.Train(words, merges % 40), Latin1(BpeTrainer.Train(words, merges % 40)));
    }

    [Fact]
    public void The_order_of_the_words_does_not_matter()
    {
        var words = Words(string.Join(' ', SyntheticText.Stories(seed: 4, count: 20))).ToArray();
        Assert.Equal(Latin1(BpeTrainer.Train(words, 100)), Latin1(BpeTrainer.Train(words.Reverse(), 100)));
    }

    [Fact]
    public void Training_ends_when_no_pair_occurs_twice() => Assert.Equal([("a", "b")], Latin1(BpeTrainer.Train([KeyValuePair.Create("ab", 2L), KeyValuePair.Create("abc", 1L), KeyValuePair.Create("x", 9L)], 10)));

    private static Dictionary<string, long> Words(string text) => PreTokenizer.Pieces(text).GroupBy(p => text.Substring(p.Offset, p.Length)).ToDictionary(g => g.Key, g => (long)g.Count());

    private static List<(string, string)> Latin1(IEnumerable<(byte[] Left, byte[] Right)> merges) => [.. merges.Select(m => (Encoding.Latin1.GetString(m.Left), Encoding.Latin1.GetString(m.Right)))];
}
