using System.Text.Json.Nodes;

namespace ChatLoop.EndToEnd.Tests.Loop;

/// <summary>
/// Twelve questions with four answers each, from the best to the worst, and how three labelers rank them: one as it is, two with
/// known mistakes. The figures were computed apart from this code base, from the definitions.
/// </summary>
internal static class TwelveTasks
{
    /// <summary>Krippendorff's alpha, ordinal, over the 48 answers' mid-ranks, from the matrix of coincidences.</summary>
    public const double Alpha = 0.872954;

    /// <summary>Of the 216 pairs of verdicts on two answers 194 are the same, 20 are opposite, and of 2, which do not count, one is a tie.</summary>
    public const double PairwiseShare = 194.0 / 214;

    public static readonly string[] Labelers = ["lena", "ben", "cat"];

    public static readonly (string Question, string[] Answers)[] Tasks =
    [
        ("What is a volcano?", ["An opening in the earth from which hot rock and gas come out.", "A mountain that can burn.", "Something with fire.", "I like bananas."]),
        ("What does a baker do?", ["A baker makes and sells bread and cakes.", "A baker makes bread.", "It is work.", "The sea is blue."]),
        ("Why do birds sing?", ["To find a mate and to keep others away from their place.", "To find other birds.", "They are birds.", "Seven."]),
        ("What is ice?", ["Water that is so cold that it has become hard.", "Cold hard water.", "It is white.", "A kind of dog."]),
        ("Where does rain come from?", ["Water rises as vapour, becomes clouds and falls as drops.", "It falls from clouds.", "From above.", "From Tuesday."]),
        ("What is a library for?", ["People read and borrow books there.", "There are books in it.", "A building.", "Green, mostly."]),
        ("How do plants eat?", ["They make sugar from light, water and air.", "They need light and water.", "With leaves.", "They drive cars."]),
        ("What is a friend?", ["Somebody whom you like and trust, and who likes you.", "Somebody you like.", "A person.", "Two spoons."]),
        ("Why do we sleep?", ["The body and the mind rest and repair themselves.", "To rest.", "It is night.", "Because of cheese."]),
        ("What does a map show?", ["Where places are and how to get from one to another.", "Where places are.", "Lines.", "It is very loud."]),
        ("What is a bridge?", ["Something built to cross a river, a road or a valley.", "It goes over a river.", "It is long.", "A small song."]),
        ("Who writes the news?", ["Journalists find out what happened and write it down.", "Journalists.", "Somebody.", "Yellow shoes."]),
    ];

    /// <summary>The rank that a labeler gives each answer, in the order above.</summary>
    public static int[] Ranks(string labeler, int task) => (labeler, task) switch
    {
        ("ben", 0 or 3 or 6 or 9) => [2, 1, 3, 4],
        ("cat", 0) => [2, 1, 3, 4],
        ("cat", 1 or 4 or 7) => [1, 2, 4, 3],
        ("cat", 2) => [1, 1, 3, 4],
        ("cat", 11) => [3, 2, 1, 4],
        _ => [1, 2, 3, 4],
    };

    /// <summary>The ranks of a task as a labeler gets it: the answers come in another order for each.</summary>
    public static int[] Ranks(string labeler, JsonNode task)
    {
        var index = Array.FindIndex(Tasks, known => known.Question == ChatApi.Text(task["prompt"]!.AsArray()[^1]!, "content"));
        return [.. task["answers"]!.AsArray().Select(answer => Ranks(labeler, index)[Array.IndexOf(Tasks[index].Answers, ChatApi.Text(answer!, "text"))])];
    }

    /// <summary>What the majority of the three says: only of the first task two say something else than how it is.</summary>
    public static int[] Consensus(int task) => task == 0 ? [2, 1, 3, 4] : [1, 2, 3, 4];
}
