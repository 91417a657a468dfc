using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using ChatLoop.EndToEnd.Tests.Page;

namespace ChatLoop.EndToEnd.Tests.Loop;

/// <summary>From people's judgements to a better model and back, and a user's leaving, in one go: only for an app that the test starts itself.</summary>
public sealed class LoopTests(Chromium chromium) : IClassFixture<Chromium>
{
    private static readonly string[] Untrue = ["untrue"];

    [SkippableFact]
    public async Task Feedback_and_rankings_become_the_next_model_which_can_be_rolled_back_and_a_user_can_leave()
    {
        Skip.If(Environment.GetEnvironmentVariable("CHATLOOP_BASE_ADDRESS") is { Length: > 0 }, "the app was not started by these tests");
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(20));
        await using var app = await AppProcess.StartAsync(AppProcess.FreePort(), Settings(), patience.Token);
        using var user = new Person(app.Address, "uma");
        using var administrator = new Person(app.Address, "adam");

        await GiveFeedbackAsync(user, patience.Token);
        await LabelAsync(app.Address, administrator, patience.Token);
        var dataset = await BuildDatasetAsync(administrator, patience.Token);
        var version = await ImproveAsync(administrator, dataset, patience.Token);
        await ServeAsync(user, administrator, version, patience.Token);
        await LoopPages.ExpectAsync(chromium, app.Address, version);
        await ServeAsync(user, administrator, "shipped", patience.Token, rollBack: true);
        await LeavingUser.ExportAsync(user, patience.Token);
        await LeavingUser.PurgeAsync(user, dataset, patience.Token);
        await LeavingUser.ExpectNothingInNextVersionAsync(administrator, dataset, patience.Token);
    }

    private static Dictionary<string, string> Settings()
    {
        var settings = OwnSettings.Create();
        return new(settings)
        {
            ["Improvement__TrainerPath"] = Repository.TrainerAssembly,
            ["Improvement__RecipePath"] = Path.Combine(Repository.Root, "functions", "Training", "Recipes", "improve-smoke.json"),
            ["Improvement__RunsPath"] = Path.Combine(settings["EmbeddedHost__DataPath"], "runs"),
            ["Models__CachePath"] = Path.Combine(settings["EmbeddedHost__DataPath"], "models"),
            ["Models__PollInterval"] = "00:00:01",
            // A minute of training cannot promise to be better: what is shown here is that the loop closes. Gates that hold a model back have tests of their own.
            ["Improvement__Gates__LeastRewardAccuracy"] = "0",
            ["Improvement__Gates__LeastWinRate"] = "0",
            ["Improvement__Gates__MostKl"] = "1000",
        };
    }

    private static async Task GiveFeedbackAsync(Person user, CancellationToken cancellationToken)
    {
        var (consent, _) = await user.SendAsync(HttpMethod.Put, "/api/users/me/consent", new { allowDataUse = true }, cancellationToken);
        Assert.True(consent is HttpStatusCode.OK or HttpStatusCode.NoContent, $"{consent}");
        var turn = await ChatApi.AskAsync(user.Http, new { message = "What is a volcano?" }, cancellationToken: cancellationToken);
        var (conversationId, turnId) = (ChatApi.Text(turn, "conversationId"), ChatApi.Text(turn, "turnId"));
        await user.PostAsync("/api/feedback", new { conversationId, turnId, kind = "thumbDown", reasons = Untrue, allowDataUse = true }, cancellationToken);
        // Changed their mind: the same judgement again, which replaces the first.
        await user.PostAsync("/api/feedback", new { conversationId, turnId, kind = "thumbUp", allowDataUse = true }, cancellationToken);
        await user.PostAsync(
            "/api/feedback",
            new { conversationId, turnId, kind = "correction", correctedAnswer = "A volcano is an opening in the earth. Write to uma@example.org for more.", allowDataUse = true },
            cancellationToken);
        var feedback = await user.UntilAsync(
            $"/api/feedback?conversationId={conversationId}", found => found["judgements"]!.AsArray().Count == 2 && $"{found}".Contains("thumbUp", StringComparison.Ordinal), cancellationToken);
        Assert.DoesNotContain("thumbDown", $"{feedback}", StringComparison.Ordinal);
    }

    private static async Task LabelAsync(Uri address, Person administrator, CancellationToken cancellationToken)
    {
        var requests = TwelveTasks.Tasks.Select((task, index) => new
        {
            schemaVersion = 1,
            id = $"task-{index}",
            submittedBy = "adam",
            kind = "rank",
            prompt = new[] { new { role = "user", content = task.Question } },
            answers = task.Answers,
            labelers = TwelveTasks.Labelers.Length,
            // Two users, so that one can be held out.
            ownerId = index % 2 == 0 ? "uma" : null,
            at = DateTimeOffset.UtcNow,
        }).ToArray();
        var posted = await administrator.PostAsync("/api/labeling/tasks", requests, cancellationToken);
        Assert.Equal(TwelveTasks.Tasks.Length, posted["accepted"]!.GetValue<int>());
        await administrator.UntilAsync("/api/admin/overview", overview => Count(overview, "open") == TwelveTasks.Tasks.Length, cancellationToken);

        await Task.WhenAll(TwelveTasks.Labelers.Select(labeler => LabelAllAsync(address, labeler, cancellationToken)));

        var overview = await administrator.UntilAsync("/api/admin/overview", found => Count(found, "closed") == TwelveTasks.Tasks.Length, cancellationToken);
        var agreement = overview["agreement"]!;
        Assert.Equal(TwelveTasks.Alpha, agreement["krippendorffAlpha"]!.GetValue<double>(), 1e-4);
        Assert.Equal(TwelveTasks.PairwiseShare, agreement["pairwise"]!.GetValue<double>(), 1e-6);
    }

    private static async Task LabelAllAsync(Uri address, string labeler, CancellationToken cancellationToken)
    {
        using var person = new Person(address, labeler);
        Assert.Equal(TwelveTasks.Tasks.Length, await Ranking.AllAsync(person, task => TwelveTasks.Ranks(labeler, task), cancellationToken));
    }

    private static async Task<string> BuildDatasetAsync(Person administrator, CancellationToken cancellationToken)
    {
        var built = await administrator.PostAsync("/api/datasets", null, cancellationToken);
        var id = ChatApi.Text(built, "id");
        var manifest = await administrator.UntilAsync($"/api/datasets/{id}", found => found["files"] is not null, cancellationToken);
        var records = manifest["files"]!.AsObject().Where(file => file.Key.EndsWith(".jsonl", StringComparison.Ordinal))
            .GroupBy(file => Path.GetFileName(file.Key), file => file.Value!["records"]!.GetValue<int>()).ToDictionary(file => file.Key, file => file.Sum());
        Assert.Equal(TwelveTasks.Tasks.Length, records["ranked.jsonl"]);
        Assert.Equal(1, records["demonstrations.jsonl"]);
        Assert.Equal(TwelveTasks.Alpha, manifest["agreement"]!.AsObject().First(figure => figure.Value is JsonValue).Value!.GetValue<double>(), 1e-4);
        Assert.Contains("email", $"{manifest["masked"]}", StringComparison.OrdinalIgnoreCase);
        // The same judgements are the same version.
        Assert.Equal(id, ChatApi.Text(await administrator.PostAsync("/api/datasets", null, cancellationToken), "id"));
        return id;
    }

    private static async Task<string> ImproveAsync(Person administrator, string dataset, CancellationToken cancellationToken)
    {
        var started = await administrator.PostAsync("/api/improvements", new { reason = "twelve tasks" }, cancellationToken);
        var path = $"/api/improvements/{ChatApi.Text(started, "runId")}";
        var waiting = await administrator.UntilAsync(path, run => ChatApi.Text(run, "status") is "awaitingApproval" or "failed" or "completed" or "held" or "rejected", cancellationToken);
        Assert.True(ChatApi.Text(waiting, "status") == "awaitingApproval", $"{waiting}");
        Assert.Equal(dataset, ChatApi.Text(waiting, "dataset"));
        Assert.All(waiting["gates"]!.AsArray(), gate => Assert.True(gate!["passed"]!.GetValue<bool>(), $"{gate}"));

        await administrator.PostAsync($"{path}/approval", new { decision = "approve", comment = "closes the loop" }, cancellationToken);
        var done = await administrator.UntilAsync(path, run => ChatApi.Text(run, "status") is "completed" or "failed", cancellationToken);
        Assert.True(ChatApi.Text(done, "status") == "completed", $"{done}");
        Assert.Equal("adam", ChatApi.Text(done["approval"]!, "by"));
        var (report, _) = await administrator.SendAsync(HttpMethod.Head, $"{path}/report", cancellationToken: cancellationToken);
        Assert.True(report is HttpStatusCode.OK or HttpStatusCode.MethodNotAllowed or HttpStatusCode.NotFound, $"{report}");
        return ChatApi.Text(done, "modelVersion");
    }

    private static async Task ServeAsync(Person user, Person administrator, string version, CancellationToken cancellationToken, bool rollBack = false)
    {
        if (rollBack)
            await administrator.PostAsync("/api/models/current", new { version }, cancellationToken);
        await administrator.UntilAsync("/api/models/current", current => ChatApi.Text(current, "serving") == version, cancellationToken);
        var turn = await ChatApi.AskAsync(user.Http, new { message = string.Create(CultureInfo.InvariantCulture, $"What is a map? ({version})") }, cancellationToken: cancellationToken);
        Assert.NotEmpty(ChatApi.Text(turn, "answer"));
    }

    private static int Count(JsonNode overview, string state) => overview["tasks"]![state]!.GetValue<int>();
}
