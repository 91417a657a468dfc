using ChatLoop.Training.Checkpoints;
using ChatLoop.Training.Cli;
using ChatLoop.Training.Evaluation;
using ChatLoop.Training.Pretraining;
using ChatLoop.Training.Recipes;
using ChatLoop.Training.Tests.ReinforcementLearning;
using static TorchSharp.torch;

namespace ChatLoop.Training.Tests.Evaluation;

/// <summary>The stage whole, on untrained models and tests of two lines.</summary>
[Collection(TrainingCollection.Name)]
public sealed class EvalStageTests
{
    private static readonly object[] Pairs =
    [
        new { UID = "one", linguistics_term = "s-selection", sentence_good = "She eats.", sentence_bad = "She eat." },
        new { UID = "two", linguistics_term = "argument_structure", sentence_good = "A b.", sentence_bad = "B a." },
    ];

    [Fact]
    public async Task Every_test_that_has_its_data_is_in_each_models_table_and_the_others_are_named()
    {
        using var eval = new TinyEval().With("eval-blimp", "blimp.jsonl.gz", Pairs)
            .With("eval-blimp", "models_summary.jsonl", new { UID = "one", ngram = 0.5, lstm = 0.6, gpt2 = 0.9 }, new { UID = "two", ngram = 0.7, lstm = 0.8, gpt2 = 1.0 }, new { UID = "overall", ngram = 0, lstm = 0, gpt2 = 0 })
            .With("eval-lambada", "lambada_test.jsonl.gz", new { text = "one two three" })
            .With("eval-arc", "arc.jsonl.gz", new { set = "ARC-Easy", split = "test", question = "q", choices = new[] { "a", "b" }, answer = "B" }, new { set = "ARC-Easy", split = "train", question = "q", choices = new[] { "a", "b" }, answer = "B" });

        var reports = await eval.EvaluateAsync();

        Assert.Equal(["pretrain", "sft"], reports.Select(r => r.Model));
        var sft = reports[1];
        Assert.Equal(new CheckpointFolder(eval.Run.Folder.Sft, 1).Newest(passOverDamaged: false)!.TensorsSha256, sft.Sha256);
        Assert.Equal(["text", "blimp", "lambada", "arc-easy", "answers", "win rate"], sft.Figures.Select(f => f.Test).Distinct());
        Assert.Equal(1, sft.Figures.First(f => f.Test == "arc-easy").Count);
        var blimp = sft.Figures.Where(f => f.Test == "blimp").ToArray();
        Assert.Equal([("all", 2), ("argument structure", 2)], blimp.Select(f => (f.Part, f.Count)));
        Assert.Equal(0.7, blimp[0].Published!["LSTM"], 1e-9);
        Assert.Contains("commonsenseqa is skipped", Assert.Single(sft.Notes), StringComparison.Ordinal);
        Assert.Contains(eval.Reporter.Lines, l => l.Contains("eval-commonsenseqa/csqa.jsonl.gz is not there", StringComparison.Ordinal));
        Assert.Contains("commonsenseqa is skipped", await File.ReadAllTextAsync(Path.Combine(eval.Run.Folder.Eval, "sft.md")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bits_per_byte_are_those_of_a_plain_pass_over_each_set()
    {
        using var eval = new TinyEval();
        var figure = (await eval.EvaluateAsync(""", "tests": ["text"], "models": ["sft"] """)).Single().Figures;
        using var model = EvaluatedModel.Load("sft", eval.Context(""), passOverDamaged: false);
        var ids = TokenShards.Read(eval.Run.Folder.Shards).Val;
        var rows = (ids.Length - 1) / 16;
        double nats = 0;
        using var noGrad = no_grad();
        for (var i = 0; i < rows; i++)
        {
            using var scope = NewDisposeScope();
            long[] row = [.. ids.Skip(16 * i).Take(17).Select(id => (long)id)];
            var logits = model.Model.forward(tensor(row[..16], [1, 16]))[0];
            nats += nn.functional.cross_entropy(logits, tensor(row[1..]), reduction: nn.Reduction.Sum).item<float>();
        }

        Assert.Equal(["all", "one"], figure.Select(f => f.Part));
        Assert.All(figure, f => Assert.Equal(nats / Math.Log(2) / (16 * rows), f.Value, 1e-4)); // each of these tokens is a byte
    }

    [Fact]
    public async Task The_same_model_twice_ties_with_itself_and_is_no_nat_away()
    {
        using var eval = new TinyEval();
        eval.Write("ppo", Path.Combine(eval.Run.Folder.Ppo, "best"), seed: 2);
        var ppo = (await eval.EvaluateAsync(""", "tests": ["winrate"] """)).Single(r => r.Model == "ppo");
        Assert.Equal(0.5, Value("against sft", "wins by the judge"));
        Assert.Equal(0, Value("answers", "KL to sft, nats"), 1e-9);
        Assert.NotEqual(0.5, Value("against pretrain", "wins by the judge"));
        Assert.Contains(ppo.Notes, n => n.Contains("4 of 4 questions also helped", StringComparison.Ordinal)); // all of them fit into evaluationPrompts

        double Value(string part, string metric) => ppo.Figures.Single(f => f.Part == part && f.Metric == metric).Value;
    }

    [Fact]
    public void The_readme_tells_of_every_test()
    {
        using var eval = new TinyEval();
        var text = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Evaluation", "README.md"));
        var table = text[text.IndexOf("| `eval.tests` |", StringComparison.Ordinal)..].Split("\n\n")[0].Split('\n').Skip(2).Select(l => l.Split('`')[1]);
        Assert.Equal(new Examination(eval.Setting()).Names, table);
    }

    [Fact]
    public async Task It_repeats_exactly()
    {
        using var eval = new TinyEval().With("eval-blimp", "blimp.jsonl.gz", Pairs);
        var (first, second) = (await eval.EvaluateAsync(), await eval.EvaluateAsync());
        Assert.Equal(first.SelectMany(r => r.Figures).Select(f => f.Value), second.SelectMany(r => r.Figures).Select(f => f.Value));
    }

    [Fact]
    public async Task Without_its_section_it_does_nothing_and_an_empty_section_tests_everything()
    {
        using var eval = new TinyEval();
        var file = Path.Combine(eval.Run.Folder.Root, "recipe.json");
        await File.WriteAllTextAsync(file, "{}");
        var context = new StageContext(Recipe.Load(file, []), eval.Run.Folder, eval.Reporter, 1, "cpu");
        await new EvalStage().RunAsync(context, CancellationToken.None);
        Assert.False(Directory.Exists(eval.Run.Folder.Eval));

        await File.WriteAllTextAsync(file, """{ "eval": {} }""");
        await new EvalStage().RunAsync(context with { Recipe = Recipe.Load(file, ["eval"]) }, CancellationToken.None);
        Assert.True(File.Exists(Path.Combine(eval.Run.Folder.Eval, "compare.md")));
        Assert.Contains(eval.Reporter.Lines, l => l.Contains("blimp is skipped: there is no data folder", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(""", "tests": ["blimb"] """, "eval.tests names 'blimb'")]
    [InlineData(""", "models": ["gpt"] """, "eval.models names 'gpt'")]
    [InlineData(""", "models": ["dpo"] """, "run the stage `dpo` first")]
    [InlineData(""", "folder": "/nowhere" """, "/nowhere does not exist")]
    public async Task What_is_not_there_is_named(string settings, string message)
    {
        using var eval = new TinyEval();
        var error = await Assert.ThrowsAsync<StageException>(() => eval.EvaluateAsync(settings));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Compare_prints_models_of_several_runs_side_by_side()
    {
        using var eval = new TinyEval().With("eval-blimp", "blimp.jsonl.gz", Pairs);
        await eval.EvaluateAsync(""", "tests": ["blimp"] """);
        var reports = EvalFolder.Read(eval.Run.Folder.Eval);
        var one = ModelComparison.Of([.. reports.Select(r => (r.Model, r))]).Markdown();
        Assert.Equal(one, await File.ReadAllTextAsync(Path.Combine(eval.Run.Folder.Eval, "compare.md")));

        var other = Directory.CreateDirectory(Path.Combine(eval.Run.Folder.Root, "other", "eval"));
        foreach (var file in Directory.EnumerateFiles(eval.Run.Folder.Eval)) File.Copy(file, Path.Combine(other.FullName, Path.GetFileName(file)));
        var former = Console.Out;
        using var output = new StringWriter();
        Console.SetOut(output);
        try
        {
            Assert.Equal(0, await CommandTree.RunAsync(["compare", "--run", eval.Run.Folder.Root, "--run", other.Parent!.FullName], []));
        }
        finally
        {
            Console.SetOut(former);
        }

        var name = Path.GetFileName(eval.Run.Folder.Root);
        var cell = FigureText.WithInterval(reports[1].Figures.First(f => f.Test == "blimp"));
        Assert.Contains($"| blimp |  | n | {name}/pretrain | {name}/sft | other/pretrain | other/sft |", output.ToString(), StringComparison.Ordinal);
        Assert.Equal(3, output.ToString().Split('\n').Single(l => l.StartsWith("| all | accuracy |", StringComparison.Ordinal)).Split(cell).Length); // in both runs
    }
}
