using System.Text.Json;
using ChatLoop.App.Chat.Requests;
using ChatLoop.Core.Labeling.Tasks;
using Microsoft.AspNetCore.Http;

namespace ChatLoop.App.Moderation.Review;

/// <summary>Reads the body of a report: empty, or { "comment": "…" }.</summary>
internal static class ReportReader
{
    private const int LargestBody = 16 * 1024;

    /// <exception cref="ChatRequestException">It is something else.</exception>
    public static async Task<string?> ReadCommentAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var body = await RequestBody.ReadAsync(request, LargestBody, cancellationToken);
        if (body.IsEmpty)
            return null;
        try
        {
            var comment = JsonSerializer.Deserialize(body.Span, ReadableJson.Types.ReportRequest)?.Comment;
            return comment?.Length > SubmissionChecks.LongestComment
                ? throw ChatRequestReader.Bad("out_of_range", $"The comment has {comment.Length} characters; at most {SubmissionChecks.LongestComment} are taken.")
                : comment;
        }
        catch (JsonException)
        {
            throw ChatRequestReader.Bad("invalid_json", "The body must be empty, or a JSON object in UTF-8: { \"comment\": \"…\" }.");
        }
    }
}
