using System.Text.Json;
using ChatLoop.App.Storage;
using ChatLoop.Core.Moderation;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Options;

namespace ChatLoop.App.OpenAi.Moderations;

/// <summary>POST /v1/moderations: judges texts as questions are judged, and stores nothing.</summary>
public sealed class CreateModeration(OpenAiDoor door, IModerator moderator, IOptions<OpenAiOptions> options)
{
    private const int MostInputs = 128;

    [Function(nameof(CreateModeration))]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/moderations")] HttpRequest http, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(http);
        return door.AnswerAsync(http, async caller =>
        {
            var (model, inputs) = await JsonRequest.ReadAsync(http, options.Value.LargestBody, Read, cancellationToken);
            await caller.AdmitAsync(0, cancellationToken);
            var verdicts = new List<ModerationVerdict>();
            foreach (var input in inputs)
                verdicts.Add(await moderator.ModerateAsync(input, ModerationDirection.Question, cancellationToken));
            if (model is not null && model != verdicts[0].Model && !IsOpenAis(model))
                throw OpenAiException.NoSuchModel(model, $"'{verdicts[0].Model}', or leave it out");
            return Results.Json(
                new ModerationAnswer($"modr-{Identifier.New()}", verdicts[0].Model, [.. verdicts.Select(verdict => ModerationResult.Of(verdict.Flagged, verdict.Categories, verdict.Scores))]),
                OpenAiJson.Types.ModerationAnswer);
        }, cancellationToken);
    }

    /// <summary>Clients name these by default: whoever changes nothing but the address is answered by the model that is here, which the answer names.</summary>
    private static bool IsOpenAis(string model) => model.StartsWith("omni-moderation-", StringComparison.Ordinal) || model.StartsWith("text-moderation-", StringComparison.Ordinal);

    private static (string? Model, IReadOnlyList<string> Inputs) Read(JsonElement body)
    {
        string? model = null;
        IReadOnlyList<string>? inputs = null;
        foreach (var field in body.EnumerateObject())
        {
            switch (field.Name)
            {
                case "model":
                    model = field.Value.ValueKind == JsonValueKind.Null ? null : Parameters.Text("model", field.Value);
                    break;
                case "input":
                    inputs = Inputs(field.Value);
                    break;
                default:
                    throw OpenAiException.Bad(field.Name, "unknown_parameter", "Unrecognized request argument supplied: there are input and model.");
            }
        }

        return (model, inputs ?? throw OpenAiException.Bad("input", "missing_required_parameter", "Missing required parameter: 'input'."));
    }

    private static string[] Inputs(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.String)
            return [value.GetString()!];
        if (value.ValueKind != JsonValueKind.Array)
            throw Parameters.WrongType("input", "a string, or an array of strings or text parts");
        if (value.GetArrayLength() is 0 or > MostInputs)
            throw Parameters.OutOfRange("input", $"1 to {MostInputs} texts");
        return [.. value.EnumerateArray().Select((input, index) => input.ValueKind == JsonValueKind.Object ? TextParts.Read($"input[{index}]", input) : Parameters.Text($"input[{index}]", input))];
    }
}
