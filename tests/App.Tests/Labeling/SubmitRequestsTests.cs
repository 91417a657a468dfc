using System.Text;
using ChatLoop.App.Labeling;
using ChatLoop.App.Labeling.Requests;
using ChatLoop.App.Tests.Fakes;
using ChatLoop.Core.Feedback;
using ChatLoop.EmbeddedHost.Tests.Azurite;
using static Microsoft.Extensions.Options.Options;

namespace ChatLoop.App.Tests.Labeling;

[Collection(AzuriteTests.Name)]
public sealed class SubmitRequestsTests(AzuriteFixture azurite)
{
    private const string Good = """{ "id": "q1", "kind": "write", "prompt": [{ "role": "user", "content": "Is ice cold?" }], "labelers": 2 }""";
    private const string Bad = """{ "id": "q2", "kind": "write", "prompt": [], "labelers": 0 }""";

    [SkippableTheory]
    [InlineData(Good, "application/json", 1, 0)]
    [InlineData($"[{Good},{Bad},7]", "application/json", 1, 2)]
    [InlineData($"{Good}\n\n{Bad}\r\nnonsense\n{Good}", "application/x-ndjson; charset=utf-8", 2, 2)]
    public async Task What_is_right_is_put_on_the_queue_and_what_is_not_is_told_with_its_place(string body, string type, int accepted, int refused)
    {
        var world = await WorldAsync();
        var queue = world.Account.Queues.GetQueueClient(QueueContracts.LabelingTasks.Queue);
        await queue.ClearMessagesAsync();

        var (status, view) = await LabelingWorld.AnswerAsync(new SubmitRequests(Intake(world)).RunAsync(LabelingWorld.Http(null, body, type), default));

        Assert.Equal((202, accepted), (status, (int)view!["accepted"]!));
        Assert.Equal(Enumerable.Range(2, refused), view["refused"]!.AsArray().Select(request => (int)request!["line"]!));
        Assert.All(view["refused"]!.AsArray(), request => Assert.NotEmpty(request!["mistakes"]!.AsArray()));
        var messages = (await queue.ReceiveMessagesAsync(10)).Value.Select(message => QueueContracts.LabelingTasks.Read(message.Body.ToMemory()).Message!).ToList();
        Assert.Equal(accepted, messages.Count);
        Assert.All(messages, message => Assert.Equal(("administrator", world.Clock.Now), (message.SubmittedBy, message.At)));
    }

    [SkippableFact]
    public async Task A_blob_of_lines_is_imported_up_to_the_limit()
    {
        var world = await WorldAsync();
        world.Options.MostRequests = 3;
        await world.Account.Container.GetBlobClient("imports/x.jsonl").UploadAsync(new BinaryData(string.Join('\n', Enumerable.Repeat(Good, 5))));
        var import = new ImportRequests(world.Account.Container, Intake(world));

        var (status, view) = await LabelingWorld.AnswerAsync(import.RunAsync(LabelingWorld.Http(null, """{ "blob": "imports/x.jsonl" }"""), default));
        var (missing, _) = await LabelingWorld.AnswerAsync(import.RunAsync(LabelingWorld.Http(null, """{ "blob": "imports/y.jsonl" }"""), default));
        var (elsewhere, _) = await LabelingWorld.AnswerAsync(import.RunAsync(LabelingWorld.Http(null, """{ "blob": "said/x.jsonl" }"""), default));

        Assert.Equal((202, 404, 400), (status, missing, elsewhere));
        Assert.Equal(3, (int)view!["accepted"]!);
        Assert.Equal(4, (int)Assert.Single(view["refused"]!.AsArray())!["line"]!);
    }

    [Fact]
    public async Task A_line_longer_than_a_message_is_cut_and_those_behind_it_are_whole()
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes($"short\n{new string('x', 200_000)}\n\nlast"));

        var lines = await Lines.ReadAsync(stream, 100, default).ToListAsync();

        Assert.Equal([5, 101, 4], lines.Select(line => line.Length));
    }

    private static RequestIntake Intake(LabelingWorld world) => new(world.Account.Sender, Create(world.Options), world.Clock);

    private async Task<LabelingWorld> WorldAsync() => new(await Account.CreateAsync(azurite.ConnectionString));
}
