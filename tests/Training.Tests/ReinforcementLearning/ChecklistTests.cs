using System.Reflection;
using System.Text.RegularExpressions;

namespace ChatLoop.Training.Tests.ReinforcementLearning;

public sealed partial class ChecklistTests
{
    [Fact]
    public void Every_line_of_the_checklist_names_tests_that_exist()
    {
        var table = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "ReinforcementLearning", "README.md")).Where(l => Line().IsMatch(l)).ToArray();
        Assert.Equal(Enumerable.Range(1, 28), table.Select(l => int.Parse(Line().Match(l).Groups[1].ValueSpan)));
        var tests = Assembly.GetExecutingAssembly().GetTypes().SelectMany(t => t.GetMethods()).Where(m => m.GetCustomAttribute<FactAttribute>() is not null).Select(m => $"{m.DeclaringType!.Name}.{m.Name}").ToHashSet();
        Assert.All(table, line =>
        {
            var named = Named().Matches(line).Select(m => m.Groups[1].Value).ToArray();
            Assert.NotEmpty(named);
            Assert.All(named, n => Assert.Contains(n, tests));
        });
    }

    [GeneratedRegex(@"^\| (\d+) \|")]
    private static partial Regex Line();

    [GeneratedRegex(@"`(\w+Tests\.\w+)`")]
    private static partial Regex Named();
}
