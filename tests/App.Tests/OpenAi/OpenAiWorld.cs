using System.Text;
using System.Text.Json.Nodes;
using ChatLoop.App.ApiKeys;
using ChatLoop.App.Chat;
using ChatLoop.App.Moderation;
using ChatLoop.App.OpenAi;
using ChatLoop.App.OpenAi.Completions;
using ChatLoop.App.OpenAi.Moderations;
using ChatLoop.App.Templates;
using ChatLoop.App.Tests.Fakes;
using ChatLoop.Core.Conversations;
using ChatLoop.Core.Moderation;
using ChatLoop.Core.Templates;
using ChatLoop.Inference;
using ChatLoop.Inference.Serving;
using Microsoft.AspNetCore.Http;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using static Microsoft.Extensions.Options.Options;

namespace ChatLoop.App.Tests.OpenAi;

/// <summary>/v1 put together on real tables, with the real orchestrator and moderation steps, and a model that the test writes.</summary>
internal sealed class OpenAiWorld : IDisposable
{
    private readonly Account _account;
    private readonly TurnModerator _moderator;
    private readonly PreludeScreening _screening;

    private OpenAiWorld(Account account, ModerationPolicy? policy)
    {
        _account = account;
        World = new World(account, policy: policy);
        Keys = new ApiKeyStore(account.Tables, Clock, NullLogger<ApiKeyStore>.Instance);
        Uses = new KeyUses(account.Tables, Clock);
        Model = new ServingChatClient("nowhere", _ => World.Served, clock: Clock);
        _moderator = new TurnModerator(new Moderator("bad", "hate/threatening", "hate"), World.Policy, Clock, NullLogger<TurnModerator>.Instance);
        _screening = new PreludeScreening(World.Conversations, _moderator, Templates, Clock);
        World.Durable.OnStart = AnswerAsync;
    }

    public World World { get; }

    public Clock Clock { get; } = new();

    public ApiKeyStore Keys { get; }

    public KeyUses Uses { get; private set; }

    public ServingChatClient Model { get; }

    public ApiKeyOptions KeyOptions { get; } = new();

    public OpenAiOptions Options { get; } = new();

    public static TemplateCatalogue Templates { get; } = TemplateFolder.Load(Path.Combine(AppContext.BaseDirectory, "Templates"), "en");

    /// <summary>What the model says to what it is asked; null fails for good.</summary>
    public Func<IReadOnlyList<ChatMessage>, string?> Says { get; set; } = _ => "Grüße & \"Küsse\"";

    public List<IReadOnlyList<ChatMessage>> Asked { get; } = [];

    public List<AnswerOptions> AskedWith { get; } = [];

    public OpenAiDoor Door => new(Keys, Uses, World.User, Create(KeyOptions), NullLogger<OpenAiDoor>.Instance);

    public static async Task<OpenAiWorld> CreateAsync(string connectionString, ModerationPolicy? policy = null) => new(await Account.CreateAsync(connectionString), policy);

    public async Task<string> KeyAsync(int requests = 100, long tokensAMinute = 100_000, long tokensADay = 1_000_000, string user = "ada") =>
        (await Keys.MakeAsync("tests", user, new ApiKeyLimits(requests, tokensAMinute, tokensADay), default)).Key;

    /// <summary>Another instance of the app on the same storage.</summary>
    public void StartAnotherInstance() => Uses = new KeyUses(_account.Tables, Clock);

    public Task<Exchanged> CompleteAsync(string body, string? key, Action<HttpRequest>? change = null)
    {
        var turns = new CompletionTurns(World.Turns, new TurnWait(Create(World.Options), TimeProvider.System), World.Conversations, Create(Options));
        var function = new CreateChatCompletion(
            Door,
            new CompletionReader(Create(World.Options), Create(Options)),
            turns,
            new CompletionStream(World.Host, Create(Options), TimeProvider.System, NullLogger<CompletionStream>.Instance),
            new ReleasedAnswers(World.Released),
            Model,
            Create(Options),
            Create(new InferenceOptions()),
            NullLogger<CreateChatCompletion>.Instance);
        return SendAsync("POST", "/v1/chat/completions", body, key, http => function.RunAsync(http, World.Durable, default), change);
    }

    public Task<Exchanged> ModerateAsync(string body, string? key) =>
        SendAsync("POST", "/v1/moderations", body, key, http => new CreateModeration(Door, new Moderator("bad", "hate/threatening", "sexual/minors"), Create(Options)).RunAsync(http, default));

    public Task<Exchanged> ModelsAsync(string? key) => SendAsync("GET", "/v1/models", null, key, http => new ServedModels(Door, Model).ListAsync(http, default));

    public Task<Exchanged> ModelAsync(string model, string? key) => SendAsync("GET", $"/v1/models/{model}", null, key, http => new ServedModels(Door, Model).ReadAsync(http, model, default));

    public Task<Exchanged> UnknownAsync(string method, string path, string? key) => SendAsync(method, path, null, key, http => new UnknownRoute(Door).RunAsync(http, default));

    public void Dispose() => Model.Dispose();

    private static async Task<Exchanged> SendAsync(string method, string path, string? body, string? key, Func<HttpRequest, Task<IResult>> function, Action<HttpRequest>? change = null)
    {
        var http = new DefaultHttpContext { RequestServices = new ServiceCollection().AddLogging().BuildServiceProvider() };
        (http.Request.Method, http.Request.Path) = (method, path);
        if (body is not null)
        {
            http.Request.ContentType = "application/json";
            http.Request.Body = new MemoryStream(Encoding.UTF8.GetBytes(body));
        }

        if (key is not null)
            http.Request.Headers.Authorization = $"Bearer {key}";
        change?.Invoke(http.Request);
        using var answer = new MemoryStream();
        http.Response.Body = answer;
        await (await function(http.Request)).ExecuteAsync(http);
        return new Exchanged(method, path, body, http.Response, Encoding.UTF8.GetString(answer.ToArray()));
    }

    private async Task<OrchestrationRuntimeStatus> AnswerAsync(object? input)
    {
        var context = new OrchestrationContext(input!)
            .On<TurnStep>(nameof(ModerateQuestion), async step => await new ModerateQuestion(World.Conversations, World.List, _moderator, _screening).RunAsync(step, default))
            .On<TurnStep>(nameof(GenerateAnswer), GenerateAsync)
            .On<TurnStep>(nameof(ModerateAnswer), async step => await new ModerateAnswer(World.Conversations, _moderator).RunAsync(step, default))
            .On<TemplateChoice>(nameof(ChooseTemplate), choice => Templates.Choose(choice.Kind, choice.Categories, ["en"]))
            .On<TurnEnd>(nameof(EndTurn), EndAsync);
        await ChatOrchestrator.RunAsync(context);
        return OrchestrationRuntimeStatus.Completed;
    }

    private async Task<object?> GenerateAsync(TurnStep step)
    {
        var conversation = await World.Conversations.ReadAsync(step.ConversationId);
        var turn = conversation.ReadTurn(step.TurnId);
        Asked.Add(ModelRequest.Messages(conversation, turn));
        AskedWith.Add(turn.Options);
        var text = Says(Asked[^1]) ?? throw new InvalidOperationException("no answer");
        if (text.Length == 0)
            return new StepResult(1) { Refusal = TemplateKind.TooLong };
        await World.Conversations.ChangeExistingAsync(conversation.Id, stored => stored.KeepDraft(turn.Id, new Draft(text, "stop", new Usage(20, 5), 1)));
        return new StepResult(1);
    }

    private async Task<object?> EndAsync(TurnEnd end)
    {
        await World.Conversations.ChangeExistingAsync(end.ConversationId, stored => stored.End(end.TurnId, turn => new Reply
        {
            Text = end.Template?.Text ?? turn.Draft!.Text,
            Source = end.Template is null ? ReplySource.Model : ReplySource.Template,
            FinishReason = end.Template?.Key.Kind switch
            {
                null => turn.Draft!.FinishReason,
                TemplateKind.QuestionBlocked or TemplateKind.AnswerBlocked => "content_filter",
                TemplateKind.TooLong => "length",
                _ => "error",
            },
            Template = end.Template?.Key,
            Moderation = end.Moderation,
            Usage = turn.Draft?.Usage,
            Timings = new TurnTimings(1, 2, 3),
            AnsweredAt = Clock.Now,
        }));
        return new EndedTurn(null);
    }

    /// <summary>A request and its answer.</summary>
    internal sealed record Exchanged(string Method, string Path, string? Request, HttpResponse Response, string Text)
    {
        public int Status => Response.StatusCode;

        public JsonNode Body => JsonNode.Parse(Text)!;

        public string? Header(string name) => Response.Headers.TryGetValue(name, out var values) ? values.ToString() : null;

        public (int Status, string? Type, string? Param, string? Code) Error =>
            (Status, (string?)Body["error"]!["type"], (string?)Body["error"]!["param"], (string?)Body["error"]!["code"]);
    }
}
