using System.Text.Json;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;

namespace ChatLoop.App.Streaming;

/// <summary>
/// What is released of running turns, one append blob a turn beside the conversations. Every line is appended whole, so that any
/// instance may read on at any time; the writer appends only where it believes the end to be, so that it never misses another's line.
/// </summary>
public sealed class TurnStreams(BlobContainerClient container)
{
    private const string Folder = "streams/";

    /// <returns>The lines after a position; null where there is no blob.</returns>
    internal async Task<IReadOnlyList<StreamLine>?> ReadAsync(string turnId, long from, CancellationToken cancellationToken)
    {
        try
        {
            var options = new BlobDownloadOptions { Range = new HttpRange(from) };
            return Lines((await Blob(turnId).DownloadContentAsync(options, cancellationToken)).Value.Content.ToMemory(), from);
        }
        catch (RequestFailedException e) when (e.ErrorCode == BlobErrorCode.InvalidRange)
        {
            return [];
        }
        catch (RequestFailedException e) when (e.ErrorCode == BlobErrorCode.BlobNotFound)
        {
            return null;
        }
    }

    /// <summary>Appends a line if the blob ends at a position.</summary>
    /// <returns>Where it ends now; null where somebody else has written, or the blob is gone.</returns>
    internal async Task<long?> TryAppendAsync(string turnId, StreamLine line, long position, CancellationToken cancellationToken)
    {
        var bytes = Bytes(line);
        try
        {
            var options = new AppendBlobAppendBlockOptions { Conditions = new AppendBlobRequestConditions { IfAppendPositionEqual = position } };
            await Blob(turnId).AppendBlockAsync(bytes.ToStream(), options, cancellationToken);
            return position + bytes.ToMemory().Length;
        }
        catch (RequestFailedException e) when (e.ErrorCode == BlobErrorCode.AppendPositionConditionNotMet || e.ErrorCode == BlobErrorCode.BlobNotFound)
        {
            return null;
        }
    }

    /// <summary>Appends a line wherever the blob ends.</summary>
    /// <param name="create">Whether to create the blob; otherwise nothing is written where there is none.</param>
    internal async Task AppendAsync(string turnId, StreamLine line, bool create, CancellationToken cancellationToken)
    {
        try
        {
            if (create)
                await CreateAsync(turnId, cancellationToken);
            await Blob(turnId).AppendBlockAsync(Bytes(line).ToStream(), cancellationToken: cancellationToken);
        }
        catch (RequestFailedException e) when (e.ErrorCode == BlobErrorCode.BlobNotFound)
        {
            // Nobody has released anything, or it was purged: there are no readers to tell.
        }
    }

    internal Task CreateAsync(string turnId, CancellationToken cancellationToken) => Blob(turnId).CreateIfNotExistsAsync(
        new AppendBlobCreateOptions { HttpHeaders = new BlobHttpHeaders { ContentType = "application/x-ndjson" } }, cancellationToken);

    internal Task DeleteAsync(string turnId, CancellationToken cancellationToken) => Blob(turnId).DeleteIfExistsAsync(cancellationToken: cancellationToken);

    /// <summary>Deletes what was last written before a time.</summary>
    /// <returns>How many blobs.</returns>
    internal async Task<int> DeleteAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        var deleted = 0;
        await foreach (var blob in container.GetBlobsAsync(BlobTraits.None, BlobStates.None, Folder, cancellationToken))
        {
            if (blob.Properties.LastModified >= before)
                continue;
            await container.DeleteBlobIfExistsAsync(blob.Name, cancellationToken: cancellationToken);
            deleted++;
        }

        return deleted;
    }

    private static List<StreamLine> Lines(ReadOnlyMemory<byte> content, long position)
    {
        var lines = new List<StreamLine>();
        for (int length; (length = content.Span.IndexOf((byte)'\n')) >= 0; content = content[(length + 1)..])
        {
            position += length + 1;
            lines.Add(JsonSerializer.Deserialize(content.Span[..length], AppJson.Default.StreamLine)! with { Position = position });
        }

        return lines;
    }

    private static BinaryData Bytes(StreamLine line) => new([.. JsonSerializer.SerializeToUtf8Bytes(line, ReadableJson.Types.StreamLine), (byte)'\n']);

    private AppendBlobClient Blob(string turnId) => container.GetAppendBlobClient($"{Folder}{turnId}.ndjson");
}
