using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace ChatLoop.App.Labeling;

/// <summary>GET /api/labeling/guidelines: Markdown by kind of task.</summary>
public sealed class ReadGuidelines(Guidelines guidelines)
{
    [Function(nameof(ReadGuidelines))]
    public IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/labeling/guidelines")] HttpRequest http) =>
        Results.Json(guidelines.ByKind, ReadableJson.Types.IReadOnlyDictionaryStringString);
}
