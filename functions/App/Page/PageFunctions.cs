using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace ChatLoop.App.Page;

/// <summary>Serves the pages and their files.</summary>
public static class PageFunctions
{
    // On the Functions host an empty route means the function's name, and "/" is its own start page: an optional
    // parameter that may hold nothing is the route that gives the root to the app.
    [Function("Page")]
    public static IResult Index([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "{ignored:maxlength(0)?}")] HttpRequest request) =>
        Serve(request, PageFiles.Index);

    [Function("LabelingPage")]
    public static IResult Labeling([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "labeling")] HttpRequest request) =>
        Serve(request, PageFiles.Labeling);

    [Function("DashboardPage")]
    public static IResult Dashboard([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "dashboard")] HttpRequest request) =>
        Serve(request, PageFiles.Dashboard);

    [Function("ImprovementsPage")]
    public static IResult Improvements([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "improvements")] HttpRequest request) =>
        Serve(request, PageFiles.Improvements);

    [Function("PageFile")]
    public static IResult File([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "page/{file}")] HttpRequest request, string file) =>
        Serve(request, file);

    private static IResult Serve(HttpRequest request, string name)
    {
        PageHeaders.Write(request.HttpContext.Response.Headers);
        // The result compares the tag with If-None-Match and answers 304 by itself.
        return PageFiles.Find(name) is { } file
            ? TypedResults.Bytes(file.Content, file.ContentType, entityTag: file.EntityTag)
            : TypedResults.NotFound(new { error = new { code = "not_found", message = "The page has no such file." } });
    }
}
