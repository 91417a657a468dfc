using Azure.Data.Tables;
using ChatLoop.App.Dashboard.Views;
using ChatLoop.App.Storage;
using ChatLoop.Core.Feedback;

namespace ChatLoop.App.Dashboard;

/// <summary>Counts the judgements that stand, by the column beside each.</summary>
public sealed class FeedbackFigures(AppTables tables)
{
    private const string Kind = "Kind";

    internal async Task<FeedbackCounts> ReadAsync(CancellationToken cancellationToken)
    {
        var counts = new Dictionary<FeedbackKind, int>();
        await foreach (var row in tables.Judgements.QueryAsync<TableEntity>(select: [Kind], cancellationToken: cancellationToken))
        {
            if (Enum.TryParse<FeedbackKind>(row.GetString(Kind), ignoreCase: true, out var kind))
                counts[kind] = counts.GetValueOrDefault(kind) + 1;
        }

        return new FeedbackCounts(Of(FeedbackKind.ThumbUp), Of(FeedbackKind.ThumbDown), Of(FeedbackKind.Preference), Of(FeedbackKind.Correction));

        int Of(FeedbackKind kind) => counts.GetValueOrDefault(kind);
    }
}
