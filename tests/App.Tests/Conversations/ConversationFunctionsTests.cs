using System.Text.Json.Nodes;
using ChatLoop.App.Chat.Requests;
using ChatLoop.App.Storage;
using ChatLoop.App.Tests.Fakes;
using ChatLoop.Core.Conversations;
using ChatLoop.EmbeddedHost.Tests.Azurite;
using Microsoft.AspNetCore.Http;

namespace ChatLoop.App.Tests.Conversations;

[Collection(AzuriteTests.Name)]
public sealed class ConversationFunctionsTests(AzuriteFixture azurite)
{
    [SkippableFact]
    public async Task A_user_sees_their_own_conversations_the_newest_first_by_the_beginning_of_the_first_question()
    {
        var world = await WorldAsync();
        var first = await BeginAsync(world, "ann", "Is ice cold? I wonder.");
        await BeginAsync(world, "bob", "Is fire hot?");
        var second = await BeginAsync(world, "ann", "Is water wet?");
        await world.AcceptAsync("And steam?", second, userId: "ann");

        var (status, list) = await ListAsync(world, "ann");

        Assert.Equal(200, status);
        Assert.Equal([(second, "Is water wet?"), (first, "Is ice cold?")], Listed(list));
        Assert.Null(list["continuation"]);
    }

    [SkippableFact]
    public async Task A_list_comes_in_parts_that_neither_repeat_nor_leave_out_what_changes_meanwhile()
    {
        var world = await WorldAsync();
        var ids = new List<string>();
        for (var n = 1; n <= 5; n++)
            ids.Insert(0, await BeginAsync(world, "ann", $"Question {n} of five?"));

        var (_, first) = await ListAsync(world, "ann", "?limit=2");
        await BeginAsync(world, "ann", "Begun in between?");
        // Where the list goes on is said by its last conversation, which may be gone by then.
        await Execute(world.ConversationFunctions.DeleteAsync(Loop.Request("ann"), ids[1], default));
        var (_, second) = await ListAsync(world, "ann", $"?limit=2&continuation={first["continuation"]}");
        var (_, third) = await ListAsync(world, "ann", $"?limit=2&continuation={second["continuation"]}");

        Assert.Equal(ids, Listed(first).Concat(Listed(second)).Concat(Listed(third)).Select(listed => listed.Id));
        Assert.Null(third["continuation"]);
    }

    [SkippableFact]
    public async Task A_search_looks_for_all_its_words_in_titles_questions_and_answers()
    {
        var world = await WorldAsync();
        var ice = await BeginAsync(world, "ann", "Is ice cold?", "Yes, it freezes water.");
        var fire = await BeginAsync(world, "ann", "Is fire hot?", "Yes.");
        await BeginAsync(world, "bob", "Is ice cold?");
        await Execute(world.ConversationFunctions.RenameAsync(Loop.Request("ann", """{ "title": "About flames" }"""), fire, default));

        foreach (var (search, found) in new[] { ("ICE", new[] { ice }), ("freez wat", [ice]), ("flames", [fire]), ("is yes", [fire, ice]), ("ice hot", []) })
            Assert.Equal(found, Listed((await ListAsync(world, "ann", $"?search={Uri.EscapeDataString(search)}")).Body).Select(listed => listed.Id));
    }

    [SkippableFact]
    public async Task A_search_opens_no_more_than_it_may_and_says_where_to_go_on()
    {
        var world = await WorldAsync();
        var oldest = await BeginAsync(world, "ann", "The oldest of three?", "Needle.");
        await BeginAsync(world, "ann", "The second of three?");
        await BeginAsync(world, "ann", "The last of three?");
        world.Listing.SearchReads = 2;

        var (_, first) = await ListAsync(world, "ann", "?search=needle");
        var (_, second) = await ListAsync(world, "ann", $"?search=needle&continuation={first["continuation"]}");

        Assert.Empty(Listed(first));
        Assert.Equal(oldest, Assert.Single(Listed(second)).Id);
        Assert.Null(second["continuation"]);
    }

    [SkippableFact]
    public async Task An_entry_from_before_there_were_lists_is_completed_from_its_conversation()
    {
        var account = await Account.CreateAsync(azurite.ConnectionString);
        var world = new World(account);
        var (conversation, _) = await world.AcceptAsync("Is ice cold?");
        await world.Conversations.ChangeAsync(conversation.Id, stored => stored! with { UserId = "ann" });
        await world.Items.AddAsync("ann", "conversation", conversation.Id, default);
        await world.Items.AddAsync("ann", "conversation", Identifier.New(), default);

        var (_, once) = await ListAsync(world, "ann");
        // From now on without opening it.
        world.Blobs.Before = request => request.Method == HttpMethod.Get && request.RequestUri!.AbsolutePath.Contains(conversation.Id, StringComparison.Ordinal)
            ? throw new InvalidOperationException("opened again") : null;
        var (_, again) = await ListAsync(world, "ann");

        Assert.Equal((conversation.Id, "Is ice cold?"), Assert.Single(Listed(once)));
        Assert.Equal(Listed(once), Listed(again));
    }

    [SkippableFact]
    public async Task What_an_OpenAI_client_asks_is_in_no_list()
    {
        var world = await WorldAsync();

        await world.Turns.AcceptAsync(new ChatRequest("Is ice cold?", null, new AnswerOptions()) { Prelude = new Prelude(null, []) }, "ann", null, ["en"]);

        Assert.Empty(Listed((await ListAsync(world, "ann")).Body));
    }

    [SkippableFact]
    public async Task A_renamed_conversation_keeps_its_name_over_a_repeated_first_question()
    {
        var world = await WorldAsync();
        var (conversation, _) = await world.AcceptAsync("Is ice cold?", key: "key", userId: "ann");

        var (status, renamed) = await Execute(world.ConversationFunctions.RenameAsync(Loop.Request("ann", """{ "title": "  About\n ice " }"""), conversation.Id, default));
        await world.AcceptAsync("Is ice cold?", key: "key", userId: "ann");

        Assert.Equal((200, "About ice"), (status, (string?)renamed["title"]));
        Assert.Equal((conversation.Id, "About ice"), Assert.Single(Listed((await ListAsync(world, "ann")).Body)));
        Assert.Equal("About ice", (await world.Conversations.ReadAsync(conversation.Id)).Title);
    }

    [SkippableFact]
    public async Task A_deleted_conversation_leaves_nothing_behind()
    {
        var world = await WorldAsync();
        var (conversation, turnId) = await world.AcceptAsync("Is ice cold?", key: "key", userId: "ann", stream: true);
        await world.Streams.CreateAsync(turnId, default);
        var other = await BeginAsync(world, "ann", "Is fire hot?");

        var (status, _) = await Execute(world.ConversationFunctions.DeleteAsync(Loop.Request("ann"), conversation.Id, default));
        var (again, _) = await Execute(world.ConversationFunctions.DeleteAsync(Loop.Request("ann"), conversation.Id, default));

        Assert.Equal((204, 404), (status, again));
        Assert.Equal($"conversations/{other}.json", Assert.Single(world.Blobs.Names));
        Assert.Equal(other, Assert.Single(Listed((await ListAsync(world, "ann")).Body)).Id);
    }

    [SkippableFact]
    public async Task A_deletion_that_was_cut_off_can_be_ended()
    {
        var world = await WorldAsync();
        var id = await BeginAsync(world, "ann", "Is ice cold?");
        await world.Conversations.DeleteAsync(id, default);

        var (status, _) = await Execute(world.ConversationFunctions.DeleteAsync(Loop.Request("ann"), id, default));

        Assert.Equal(404, status);
        Assert.Empty(Listed((await ListAsync(world, "ann")).Body));
    }

    [SkippableFact]
    public async Task An_export_is_the_whole_conversation_as_JSON_or_one_branch_of_it_as_Markdown()
    {
        var world = await WorldAsync();
        var (conversation, first) = await world.AcceptAsync("Is ice cold?", userId: "ann");
        await world.EndAsync(conversation.Id, first, "It is **cold**.");
        var (_, second) = await world.AcceptAsync("And fire?", conversation.Id, userId: "ann");
        await world.AcceptAsync("And steam?", conversation.Id, userId: "ann", parent: first);

        var json = await TextAsync(world, conversation.Id, "?format=json");
        var latest = await TextAsync(world, conversation.Id, "?format=markdown");
        var other = await TextAsync(world, conversation.Id, $"?format=markdown&turnId={second}");

        Assert.Equal(3, JsonNode.Parse(json.Text)!["turns"]!.AsArray().Count);
        Assert.Equal($"attachment; filename=\"conversation-{conversation.Id[..8]}.md\"", latest.Disposition);
        Assert.StartsWith("# Is ice cold?\n", latest.Text, StringComparison.Ordinal);
        Assert.EndsWith("\n## You\n\nIs ice cold?\n\n## ChatLoop\n\nIt is **cold**.\n\n## You\n\nAnd steam?\n\n## ChatLoop\n\n*No answer yet.*\n", latest.Text, StringComparison.Ordinal);
        Assert.Contains("And fire?", other.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("And steam?", other.Text, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Nobody_else_renames_deletes_or_exports_a_conversation()
    {
        var world = await WorldAsync();
        var id = await BeginAsync(world, "ann", "Is ice cold?");

        foreach (var other in new[] { "bob", null })
        {
            foreach (var act in Acts(world, id))
                Assert.Equal((403, "not_yours"), await RefusalAsync(act(other)));
        }

        Assert.Equal("Is ice cold?", Assert.Single(Listed((await ListAsync(world, "ann")).Body)).Title);
    }

    [SkippableFact]
    public async Task What_is_not_there_or_makes_no_sense_is_refused_in_words()
    {
        var world = await WorldAsync();
        var id = await BeginAsync(world, "ann", "Is ice cold?");
        var functions = world.ConversationFunctions;

        Assert.Equal((401, "unknown_user"), await RefusalAsync(functions.ListAsync(Loop.Request(), default)));
        foreach (var unknown in new[] { Identifier.New(), "../secret" })
        {
            foreach (var act in Acts(world, unknown))
                Assert.Equal((404, "not_found"), await RefusalAsync(act("ann")));
        }

        foreach (var (query, code) in new[] { ("?limit=0", "out_of_range"), ("?limit=1e3", "out_of_range"), ("?continuation=x", "invalid_continuation"), ($"?search={new string('x', 201)}", "search_too_long") })
            Assert.Equal((400, code), await RefusalAsync(functions.ListAsync(Loop.Request("ann", query: query), default)));
        foreach (var (body, code) in new[] { ("""{ "title": " " }""", "invalid_title"), ("{}", "invalid_title"), ($$"""{ "title": "{{new string('x', 121)}}" }""", "invalid_title"), ("{", "invalid_json") })
            Assert.Equal((400, code), await RefusalAsync(functions.RenameAsync(Loop.Request("ann", body), id, default)));
        Assert.Equal((400, "invalid_format"), await RefusalAsync(functions.ExportAsync(Loop.Request("ann"), id, default)));
    }

    private static Func<string?, Task<IResult>>[] Acts(World world, string id) =>
    [
        user => world.ConversationFunctions.RenameAsync(Loop.Request(user, """{ "title": "Mine" }"""), id, default),
        user => world.ConversationFunctions.DeleteAsync(Loop.Request(user), id, default),
        user => world.ConversationFunctions.ExportAsync(Loop.Request(user, query: "?format=json"), id, default),
    ];

    private static async Task<(int Status, string? Code)> RefusalAsync(Task<IResult> running)
    {
        var (status, body) = await Execute(running);
        return (status, (string?)body["error"]!["code"]);
    }

    private static async Task<string> BeginAsync(World world, string userId, string question, string? answer = null)
    {
        var (conversation, turnId) = await world.AcceptAsync(question, userId: userId);
        if (answer is not null)
            await world.EndAsync(conversation.Id, turnId, answer);
        return conversation.Id;
    }

    private static Task<(int Status, JsonNode Body)> ListAsync(World world, string userId, string query = "") =>
        Execute(world.ConversationFunctions.ListAsync(Loop.Request(userId, query: query), default));

    private static List<(string Id, string Title)> Listed(JsonNode list) =>
        [.. list["conversations"]!.AsArray().Select(listed => ((string)listed!["conversationId"]!, (string)listed["title"]!))];

    private static async Task<(string Text, string? Disposition)> TextAsync(World world, string id, string query)
    {
        var request = Loop.Request("ann", query: query);
        var http = request.HttpContext;
        http.RequestServices = Loop.Services;
        using var body = new MemoryStream();
        http.Response.Body = body;
        await (await world.ConversationFunctions.ExportAsync(request, id, default)).ExecuteAsync(http);
        return (System.Text.Encoding.UTF8.GetString(body.ToArray()), http.Response.Headers.ContentDisposition);
    }

    private static Task<(int Status, JsonNode Body)> Execute(Task<IResult> running) => Loop.ExecuteAsync(running);

    private async Task<World> WorldAsync() => new(await Account.CreateAsync(azurite.ConnectionString));
}
