using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ChatLoop.Core.Chat;
using ChatLoop.Core.Datasets;
using ChatLoop.Core.Labeling;
using ChatLoop.Core.Privacy;
using FsCheck.Xunit;

namespace ChatLoop.Core.Tests.Datasets;

public sealed class DatasetAssemblyTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 25, 9, 0, 0, TimeSpan.Zero);

    private static readonly DatasetOptions Options = new() { Name = "loop", Licence = "CC-BY-4.0", Created = Start, Salt = "salt", HeldOutShare = 0 };

    [Fact]
    public void A_version_holds_each_kind_in_the_trainers_formats()
    {
        var version = Assemble(
            [Compare("t1", "u1", "Is ice cold?", ["Yes.", "No."], ("a", [1, 2])), Compare("t2", "u1", "Is fire hot?", ["Yes.", "Perhaps.", "No."], ("a", [1, 2, 2]))],
            [Demonstrate("d1", "u2", "Name a bird.", "A tit.")],
            [Rate("r1", "u2", "a", "Name a fish.", "A cod.", new Rating(7, 6, 7))]);

        Assert.Equal(
            """{"prompt":[{"role":"user","content":"Is ice cold?"}],"chosen":[{"role":"assistant","content":"Yes."}],"rejected":[{"role":"assistant","content":"No."}]}""" + "\n",
            Text(version, "data/pref-loop/pairs.jsonl"));
        Assert.Equal(
            """{"prompt":[{"role":"user","content":"Is fire hot?"}],"answers":[{"text":"Yes.","rank":1},{"text":"Perhaps.","rank":2},{"text":"No.","rank":2}]}""" + "\n",
            Text(version, "data/pref-loop/ranked.jsonl"));
        Assert.Equal(
            """{"messages":[{"role":"user","content":"Name a bird."},{"role":"assistant","content":"A tit."}]}""" + "\n",
            Text(version, "data/sft-loop/demonstrations.jsonl"));
        Assert.StartsWith(
            """{"prompt":[{"role":"user","content":"Name a fish."}],"answer":"A cod.","score":6.6667,"helpful":7,"honest":6,"harmless":7,"labeler":"labeler-""",
            Text(version, "data/pref-loop/ratings.jsonl"), StringComparison.Ordinal);
        Assert.Contains("CC-BY-4.0", Text(version, "data/pref-loop/NOTICE.md"), StringComparison.Ordinal);
    }

    [Fact]
    public void What_labelers_flag_is_one_example_a_text_by_what_more_than_half_say()
    {
        ModerationJudgement Flag(string task, string user, string labeler, string? answer, params string[] categories) =>
            new(task, user, labeler, [new PromptMessage(ChatRole.User, $"Mail a@b.de about {task}.")], answer, categories, Start);

        var version = DatasetAssembly.Assemble(
            new Judgements([], [], [], new HashSet<string> { "u1" })
            {
                Moderations =
                [
                    Flag("t1", "u1", "a", null, "hate", "violence"), Flag("t1", "u1", "b", null, "hate"), Flag("t1", "u1", "c", null),
                    Flag("t2", "u1", "a", "An answer.", "hate"), Flag("t2", "u1", "b", "An answer."),
                    Flag("t3", "nobody", "a", null), Flag("t3", "nobody", "b", null),
                ],
            },
            Options);

        var lines = Text(version, "data/modtrain-loop/moderation.jsonl").Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.Equal(["Mail [EMAIL] about t1.", "An answer."], lines.Select(line => line.GetProperty("text").GetString()));
        Assert.Equal(["question", "answer"], lines.Select(line => line.GetProperty("direction").GetString()));
        Assert.Equal((true, false, 13), (lines[0].GetProperty("labels").GetProperty("hate").GetBoolean(), lines[0].GetProperty("labels").GetProperty("violence").GetBoolean(), lines[0].GetProperty("labels").GetPropertyCount()));
        // Two of two disagree: nobody knows.
        Assert.False(lines[1].GetProperty("labels").TryGetProperty("hate", out _));
        Assert.Equal(1, version.Manifest.LeftOut.WithoutConsent);
    }

    [Fact]
    public void The_manifest_has_the_count_length_and_hash_of_each_file()
    {
        var version = Assemble([Compare("t1", "u1", "Is ice cold?", ["Yes.", "No."], ("a", [1, 2]))], [Demonstrate("d1", "u2", "Name a bird.", "A tit.")]);

        Assert.Equal(version.Files.Keys.Where(path => path.StartsWith("data/", StringComparison.Ordinal) && !path.EndsWith(".tsv", StringComparison.Ordinal)).Select(path => path[5..]), version.Manifest.Files.Keys);
        Assert.All(version.Manifest.Files, file =>
        {
            var bytes = version.Files["data/" + file.Key];
            Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(bytes)), file.Value.Sha256);
            Assert.Equal(bytes.Length, file.Value.Bytes);
            Assert.Contains($"{file.Key}\t{bytes.Length}\t{file.Value.Sha256}\n", Text(version, "data/MANIFEST.tsv"), StringComparison.Ordinal);
        });
        Assert.Equal(1, version.Manifest.Files["pref-loop/pairs.jsonl"].Records);
        Assert.Equal(2, version.Manifest.Users);
        using var json = JsonDocument.Parse(version.Files["manifest.json"]);
        Assert.Equal(version.Id, json.RootElement.GetProperty("id").GetString());
        Assert.Equal("CC-BY-4.0", json.RootElement.GetProperty("licence").GetString());
    }

    [Fact]
    public void A_comparison_becomes_the_consensus_of_the_last_word_of_each_labeler()
    {
        var judgements = Compare("t1", "u1", "Is ice cold?", ["Yes.", "Perhaps.", "No."], ("a", [3, 2, 1]), ("b", [1, 2, 3]), ("c", [1, 2, 3]), ("a", [1, 3, 2]));

        var line = Text(Assemble([judgements]), "data/pref-loop/ranked.jsonl");

        Assert.Contains("""[{"text":"Yes.","rank":1},{"text":"Perhaps.","rank":2},{"text":"No.","rank":3}]""", line, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_the_consensus_leaves_an_answer_open_only_its_pairs_are_written()
    {
        var version = Assemble([Compare("t1", "u1", "Is ice cold?", ["Yes.", "No.", "Hm."], ("a", [1, 2, 3]), ("b", [2, 3, 1]))]);

        var line = Assert.Single(Text(version, "data/pref-loop/pairs.jsonl").TrimEnd().Split('\n'));
        Assert.Contains("\"Yes.\"}],\"rejected\":[{\"role\":\"assistant\",\"content\":\"No.\"", line, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_left_out_is_counted_by_its_reason()
    {
        var version = Assemble(
            [Compare("t1", "u1", "Is ice cold?", ["Yes.", "No."], ("a", [1, 1])), Compare("t2", "stranger", "Is fire hot?", ["Yes.", "No."], ("a", [1, 2]))],
            [Demonstrate("d1", "u1", "Name a  BIRD.", "A tit."), Demonstrate("d2", "u2", "name a bird.", "A crow.", minutes: 1)]);

        Assert.Equal(new LeftOut(WithoutConsent: 1, WithoutPreference: 1, Duplicates: 1, OverLimit: 0), version.Manifest.LeftOut);
        Assert.Contains("A tit.", Text(version, "data/sft-loop/demonstrations.jsonl"), StringComparison.Ordinal);
        Assert.All(version.Files.Values, bytes => Assert.DoesNotContain("fire", Encoding.UTF8.GetString(bytes), StringComparison.Ordinal));
    }

    [Fact]
    public void Prompts_with_a_long_common_prefix_are_duplicates_and_short_ones_only_where_equal()
    {
        var beginning = string.Join(' ', Enumerable.Repeat("word", 30));

        var version = Assemble([], [Demonstrate("1", "u1", beginning + " one", "A"), Demonstrate("2", "u1", beginning + " two", "B"), Demonstrate("3", "u1", "word", "C")]);

        Assert.Equal(1, version.Manifest.LeftOut.Duplicates);
        Assert.Equal(2, version.Manifest.Files["sft-loop/demonstrations.jsonl"].Records);
    }

    [Fact]
    public void Turns_of_one_conversation_are_no_duplicates()
    {
        var first = Demonstrate("1", "u1", "Tell me of ice. " + new string('x', 200), "It is cold.");
        var second = first with { Id = "2", Prompt = [.. first.Prompt, new PromptMessage(ChatRole.Assistant, "It is cold."), new PromptMessage(ChatRole.User, "Why?")] };

        Assert.Equal(0, Assemble([], [first, second]).Manifest.LeftOut.Duplicates);
    }

    [Fact]
    public void At_most_so_many_prompts_of_a_user_are_kept()
    {
        DemonstrationJudgement[] many = [.. Enumerable.Range(0, 10).Select(i => Demonstrate($"{i}", i < 8 ? "u1" : "u2", $"Count to {i}.", "1, 2, 3"))];

        var version = DatasetAssembly.Assemble(Of([], many, []), Options with { MostPromptsPerUser = 3 });

        Assert.Equal(5, version.Manifest.LeftOut.OverLimit);
        Assert.Equal(5, version.Manifest.Files["sft-loop/demonstrations.jsonl"].Records);
    }

    [Fact]
    public void Users_are_split_whole_and_always_alike()
    {
        DemonstrationJudgement[] many = [.. Enumerable.Range(0, 400).Select(i => Demonstrate($"{i:000}", $"user{i % 100}", $"Count to {i}.", $"by user{i % 100}."))];
        var consenting = many.Select(d => d.UserId).ToHashSet();
        HashSet<string> HeldOut(IReadOnlyCollection<DemonstrationJudgement> demonstrations)
        {
            var version = DatasetAssembly.Assemble(new Judgements([], demonstrations, [], consenting), Options with { HeldOutShare = 0.2 });
            string[] Users(string path) => [.. Text(version, path).Split("\"by ")[1..].Select(part => part[..part.IndexOf('.', StringComparison.Ordinal)])];
            var heldOut = Users("data/eval-loop/demonstrations.jsonl").ToHashSet();
            Assert.DoesNotContain(Users("data/sft-loop/demonstrations.jsonl"), heldOut.Contains);
            return heldOut;
        }

        var all = HeldOut(many);
        Assert.InRange(all.Count, 8, 35);
        Assert.Equal(all.Order(), HeldOut(many[..200]).Order());
    }

    [Fact]
    public void Personal_data_are_masked_everywhere_and_labelers_are_pseudonyms()
    {
        var version = Assemble(
            [Compare("t1", "u1", "Write to ana@example.org", ["Call +49 30 1234567.", "No."], ("lab@example.org", [1, 2]))],
            [Demonstrate("d1", "u1", "I am at 203.0.113.7", "Pay to DE89370400440532013000")],
            [Rate("r1", "u1", "lab@example.org", "My card: 4111111111111111", "ok", new Rating(1, 1, 1))]);

        Assert.All(version.Files.Values.Select(Encoding.UTF8.GetString), text =>
        {
            Assert.DoesNotContain("example.org", text, StringComparison.Ordinal);
            Assert.DoesNotContain("1234567", text, StringComparison.Ordinal);
            Assert.DoesNotContain("203.0.113", text, StringComparison.Ordinal);
            Assert.DoesNotContain("4111111111", text, StringComparison.Ordinal);
            Assert.DoesNotContain("DE89", text, StringComparison.Ordinal);
        });
        Assert.Equal(5, version.Manifest.Masked.Values.Sum());
        Assert.Equal(1, version.Manifest.Masked[PersonalDataKind.Iban]);
        Assert.Contains("\"iban\": 1", Text(version, "manifest.json"), StringComparison.Ordinal);
    }

    [Fact]
    public void Agreement_is_of_all_labelers_and_who_is_at_chance_is_named()
    {
        var random = new Random(3);
        ComparisonJudgement[][] tasks = [.. Enumerable.Range(0, 20).Select(i =>
        {
            int[] dice = [1, 2, 3, 4];
            random.Shuffle(dice);
            return Compare($"t{i}", "u1", $"Question {i}?", ["a", "b", "c", "d"], ("ana", [1, 2, 3, 4]), ("ben", [1, 2, 3, 4]), ("cy", [1, 2, 4, 3]), ("dice", dice));
        })];

        var agreement = Assemble(tasks).Manifest.Agreement;

        Assert.Single(agreement.LabelersAtChance);
        Assert.InRange(agreement.RankingAlpha!.Value, 0.3, 0.7);
        Assert.Equal(20 * 6 * 6, agreement.Pairs.Same + agreement.Pairs.Opposite);
        Assert.Null(agreement.HelpfulAlpha);
    }

    [Property(MaxTest = 20)]
    public void The_same_judgements_in_any_order_give_the_same_bytes(int seed)
    {
        var random = new Random(seed);
        ComparisonJudgement[] comparisons = [.. Enumerable.Range(0, 12).SelectMany(i => Compare($"t{i}", $"u{i % 5}", $"Question {i % 8}?", ["a", "b", "c"], ("x", [1, 2, 3]), ("y", [random.Next(1, 4), 2, 1]), ("x", [2, 2, random.Next(1, 4)])))];
        DemonstrationJudgement[] demonstrations = [.. Enumerable.Range(0, 20).Select(i => Demonstrate($"d{i % 15}", $"u{i % 5}", $"Question {i % 9}?", $"Answer {i}", minutes: i % 3))];
        RatingJudgement[] ratings = [.. Enumerable.Range(0, 20).Select(i => Rate($"r{i % 15}", $"u{i % 5}", $"l{i % 2}", $"Question {i % 9}?", $"Answer {i % 4}", new Rating(1 + (i % 7), 4, 4)))];
        var options = Options with { HeldOutShare = 0.3, MostPromptsPerUser = 3 };

        var first = DatasetAssembly.Assemble(Of(comparisons, demonstrations, ratings), options);
        // Delivered twice, in another order.
        comparisons = [.. comparisons, .. comparisons];
        random.Shuffle(comparisons);
        random.Shuffle(demonstrations);
        random.Shuffle(ratings);
        var second = DatasetAssembly.Assemble(Of(comparisons, demonstrations, ratings), options);

        Assert.Equal(first.Id, second.Id);
        Assert.Equal(first.Files.Keys, second.Files.Keys);
        Assert.All(first.Files, file => Assert.Equal(file.Value, second.Files[file.Key]));
    }

    [Fact]
    public void A_broken_surrogate_does_not_stop_a_version()
    {
        using var line = JsonDocument.Parse(Assemble([], [Demonstrate("d", "u1", "A question", "broken \uD83D")]).Files["data/sft-loop/demonstrations.jsonl"]);

        Assert.Equal("broken \uFFFD", line.RootElement.GetProperty("messages")[1].GetProperty("content").GetString());
    }

    [Fact]
    public void Of_nothing_comes_an_empty_version() => Assert.Equal(["data/MANIFEST.tsv", "manifest.json"], Assemble([]).Files.Keys);

    [Fact]
    public void Judgements_of_one_task_on_different_answers_are_an_error()
    {
        var error = Assert.Throws<ArgumentException>(() => Assemble([Compare("t1", "u1", "A?", ["a", "b"], ("x", [1, 2])), Compare("t1", "u1", "A?", ["a", "c"], ("y", [1, 2]))]));

        Assert.Contains("task t1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Wrong_options_are_named()
    {
        void Wrong(DatasetOptions options, string reason) =>
            Assert.Contains(reason, Assert.Throws<ArgumentException>(() => DatasetAssembly.Assemble(Of([], [], []), options)).Message, StringComparison.Ordinal);

        Wrong(Options with { Name = "../up" }, "'../up'");
        Wrong(Options with { Licence = " " }, "licence");
        Wrong(Options with { Salt = "" }, "salt");
        Wrong(Options with { MostPromptsPerUser = 0 }, "0 prompts");
        Wrong(Options with { CommonPrefix = 0 }, "prefix of 0");
        Wrong(Options with { HeldOutShare = 1 }, "share of 1");
        Wrong(Options with { HeldOutShare = double.NaN }, "share of NaN");
    }

    private static DatasetVersion Assemble(ComparisonJudgement[][] comparisons, DemonstrationJudgement[]? demonstrations = null, RatingJudgement[]? ratings = null) =>
        DatasetAssembly.Assemble(Of([.. comparisons.SelectMany(c => c)], demonstrations ?? [], ratings ?? []), Options);

    private static Judgements Of(ComparisonJudgement[] comparisons, DemonstrationJudgement[] demonstrations, RatingJudgement[] ratings) =>
        new(comparisons, demonstrations, ratings, new HashSet<string> { "u0", "u1", "u2", "u3" });

    private static ComparisonJudgement[] Compare(string task, string user, string question, string[] answers, params (string Labeler, int[] Ranks)[] rankings) =>
        [.. rankings.Select((r, i) => new ComparisonJudgement(task, user, r.Labeler, Ask(question), answers, Ranking.Of(r.Ranks), Start.AddMinutes(i)))];

    private static DemonstrationJudgement Demonstrate(string id, string user, string question, string answer, int minutes = 0) =>
        new(id, user, "labeler", Ask(question), answer, Start.AddMinutes(minutes));

    private static RatingJudgement Rate(string id, string user, string labeler, string question, string answer, Rating rating) =>
        new(id, user, labeler, Ask(question), answer, rating, Start);

    private static PromptMessage[] Ask(string question) => [new PromptMessage(ChatRole.User, question)];

    private static string Text(DatasetVersion version, string path) => Encoding.UTF8.GetString(version.Files[path]);
}
