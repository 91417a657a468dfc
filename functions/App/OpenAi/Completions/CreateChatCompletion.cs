using ChatLoop.App.Chat.Requests;
using ChatLoop.Inference;
using ChatLoop.Inference.Serving;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ChatLoop.App.OpenAi.Completions;

/// <summary>POST /v1/chat/completions: the same turns as /api/chat, asked and answered as OpenAI's clients do.</summary>
public sealed class CreateChatCompletion(
    OpenAiDoor door,
    CompletionReader reader,
    CompletionTurns turns,
    CompletionStream stream,
    ReleasedAnswers answers,
    ServingChatClient model,
    IOptions<OpenAiOptions> options,
    IOptions<InferenceOptions> inference,
    ILogger<CreateChatCompletion> logger)
{
    // Of English; with the answer's most it is set aside until the request's end says what it took.
    private const int CharactersPerToken = 4;

    [Function(nameof(CreateChatCompletion))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/chat/completions")] HttpRequest http,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(http);
        return door.AnswerAsync(http, async caller =>
        {
            var request = await JsonRequest.ReadAsync(http, options.Value.LargestBody, reader.Read, cancellationToken);
            var name = model.Serving.Name;
            if (request.Model != name)
                throw OpenAiException.NoSuchModel(request.Model, $"'{name}'");
            if (model.Load is { IsFull: true } load)
                throw ChatRequestException.Busy(load);
            var key = RequestHeaders.IdempotencyKey(http);
            await caller.AdmitAsync((request.Characters / CharactersPerToken) + 1 + ((long)request.Choices * (request.Question.Options.MaxTokens ?? inference.Value.MaxOutputTokens)), cancellationToken);

            var started = await turns.StartAsync(request, caller.UserId, key, RequestHeaders.Languages(http), client);
            if (request.Stream)
                return stream.Of(started, answers, request, caller, name);
            var completion = CompletionViews.Of(await turns.WaitAsync(started, client, cancellationToken), name);
            caller.Settle(completion.Usage.TotalTokens);
            logger.Completed(caller.RequestId, request.Choices, name, completion.Usage.TotalTokens);
            return Results.Json(completion, OpenAiJson.Types.ChatCompletion);
        }, cancellationToken);
    }
}
