using System.Text.RegularExpressions;
using ChatLoop.Training.Cli;
using ChatLoop.Training.Reporting;
using ChatLoop.Training.Tests.Export;

namespace ChatLoop.Training.Tests.Reporting;

public sealed class ReportStageTests(TrainedTinyRun trained) : IClassFixture<TrainedTinyRun>
{
    [Fact]
    public async Task The_page_tells_of_data_curves_samples_and_recipe_and_needs_nothing_else()
    {
        File.AppendAllText(Path.Combine(trained.Run.Folder.Sft, "metrics.jsonl"), """{"kind":"sample","step":999,"tokens":1,"prompt":"a","text":"<script>alert(1)</script>"}""" + "\n");
        File.AppendAllText(Path.Combine(trained.Run.Folder.Sft, "metrics.jsonl"), """{"kind":"alarm","step":40,"tokens":1,"text":"KL is <b>negative</b>","values":{"eval/kl":-1}}""" + "\n" + """{"kind":"validation","step":41,"tokens":1,"values":{"eval/kl":0.5}}""" + "\n");
        File.WriteAllText(Path.Combine(trained.Run.Folder.Sft, "samples.md"), "# Before and after\n\n| before | after |\n|---|---|\n| ![x](http://a.b/c.png) [y](http://a.b) <https://a.b> | <script>alert(2)</script> |\n");
        await new ReportStage(() => Stages.All).RunAsync(trained.Run.Context(TinyRun.Pretrain() + ", " + TrainedTinyRun.Sft), CancellationToken.None);
        var page = await File.ReadAllTextAsync(Path.Combine(trained.Run.Folder.Root, "report.html"));
        foreach (var part in new[] { "CC BY 4.0", "bits per byte", "40 of 40", "trained to its end", "not run", "&quot;totalTokens&quot;: 2560", "<polyline", "eval/kl", "Alarm at step 40: KL is &lt;b&gt;negative&lt;/b&gt;", "<h3>Before and after</h3>", "<th>after</th>", "prefers-color-scheme: dark" }) Assert.Contains(part, page, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;alert(1)&lt;/script&gt;", page, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;alert(2)&lt;/script&gt;", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotMatch(new Regex("(src|href)=\"(https?:|//)"), page);
        foreach (var tag in new[] { "table", "div", "svg", "details", "tr", "td" }) Assert.Equal(Regex.Count(page, $"<{tag}[ >]"), Regex.Count(page, $"</{tag}>"));
    }

    [Fact]
    public async Task A_run_of_which_nothing_is_there_yet_has_a_page_too()
    {
        using var run = new TinyRun();
        Directory.Delete(run.Folder.Shards, recursive: true);
        await new ReportStage(() => Stages.All).RunAsync(run.Context("\"sft\": {}"), CancellationToken.None);
        Assert.Contains("not run", await File.ReadAllTextAsync(Path.Combine(run.Folder.Root, "report.html")), StringComparison.Ordinal);
    }
}
