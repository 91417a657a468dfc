using Azure;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;

namespace Microsoft.Azure.Functions.Worker.Queues;

/// <summary>Our hold on one message: renewed at half its time until it is settled.</summary>
internal sealed class MessageLease : IAsyncDisposable
{
    private readonly QueueClient _queue;
    private readonly string _id;
    private readonly TimeSpan _length;
    private readonly CancellationTokenSource _settled = new();
    private readonly Task _renewal;
    private string _popReceipt;

    public MessageLease(QueueClient queue, QueueMessage message, TimeSpan length, TimeProvider time, Action<Exception> notRenewed)
    {
        _queue = queue;
        _id = message.MessageId;
        _popReceipt = message.PopReceipt;
        _length = length;
        _renewal = RenewAsync(time, notRenewed);
    }

    public async Task StopRenewingAsync()
    {
        await _settled.CancelAsync();
        await _renewal;
    }

    public async Task DeleteAsync()
    {
        await StopRenewingAsync();
        await _queue.DeleteMessageAsync(_id, _popReceipt);
    }

    /// <summary>Gives the message back, to be seen again after the time-out.</summary>
    public async Task ReleaseAsync(TimeSpan visibilityTimeout)
    {
        await StopRenewingAsync();
        await _queue.UpdateMessageAsync(_id, _popReceipt, visibilityTimeout: visibilityTimeout);
    }

    public async ValueTask DisposeAsync()
    {
        await StopRenewingAsync();
        _settled.Dispose();
    }

    private async Task RenewAsync(TimeProvider time, Action<Exception> notRenewed)
    {
        try
        {
            while (true)
            {
                await Task.Delay(_length / 2, time, _settled.Token);
                try
                {
                    // Not cancelled by settling: the pop receipt that this brings is the one that settling needs.
                    var renewed = await _queue.UpdateMessageAsync(_id, _popReceipt, visibilityTimeout: _length);
                    _popReceipt = renewed.Value.PopReceipt;
                }
                catch (Exception e) when (e is RequestFailedException or AggregateException)
                {
                    notRenewed(e);
                }
            }
        }
        catch (OperationCanceledException) when (_settled.IsCancellationRequested)
        {
        }
    }
}
