using ChatLoop.EmbeddedHost.Tests.Azurite;
using ChatLoop.EmbeddedHost.Tests.Hosting;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace ChatLoop.EmbeddedHost.Tests.Queues;

[Collection(AzuriteTests.Name)]
public sealed class QueueListenerTests(AzuriteFixture azurite)
{
    private const string Text = "Grüße, <b>\"&\"</b> 世界 🎉";

    [SkippableFact]
    public async Task A_message_that_succeeds_is_deleted()
    {
        var app = NewApp();
        await using var host = await app.StartAsync();

        await app.Queue.SendMessageAsync(QueueApp.Base64("once"));
        await app.Inbox.NextAsync();
        await host.StopAsync();

        Assert.Equal(0, await QueueApp.CountAsync(app.Queue));
        Assert.False(app.Inbox.Any);
    }

    [SkippableFact]
    public async Task A_message_that_fails_is_tried_maxDequeueCount_times_and_then_lies_whole_in_the_poison_queue()
    {
        var app = NewApp(""" "maxDequeueCount": 3 """);
        app.Inbox.Then = _ => throw new InvalidOperationException("A test's own failure.");
        await using var host = await app.StartAsync();

        await app.Queue.SendMessageAsync(QueueApp.Base64(Text));
        foreach (var attempt in new[] { 1, 2, 3 })
            Assert.Equal($"{attempt}: {Text}", await app.Inbox.NextAsync());
        await host.Log.UntilAsync(line => line is { Event: 21, Level: LogLevel.Error });

        Assert.Equal(0, await QueueApp.CountAsync(app.Queue));
        var poison = (await app.Poison.ReceiveMessageAsync()).Value;
        Assert.Equal(QueueApp.Base64(Text), poison.MessageText);
        // Azurite keeps a message that lives for ever until the year 9999.
        Assert.True(poison.ExpiresOn is null || poison.ExpiresOn > DateTimeOffset.UtcNow.AddYears(100));
        Assert.False(app.Inbox.Any);
    }

    [SkippableFact]
    public async Task A_message_that_fails_once_succeeds_at_its_second_attempt()
    {
        var app = NewApp();
        var isFirst = true;
        app.Inbox.Then = _ => Interlocked.Exchange(ref isFirst, false) ? throw new InvalidOperationException("A test's own failure.") : Task.CompletedTask;
        await using var host = await app.StartAsync();

        await app.Queue.SendMessageAsync(QueueApp.Base64(Text));

        Assert.Equal(["1: " + Text, "2: " + Text], [await app.Inbox.NextAsync(), await app.Inbox.NextAsync()]);
        await host.StopAsync();
        Assert.Equal(0, await QueueApp.CountAsync(app.Queue));
        Assert.False((await app.Poison.ExistsAsync()).Value);
    }

    [SkippableFact]
    public async Task A_failed_message_stays_hidden_for_the_visibility_time_out()
    {
        var app = NewApp(""" "visibilityTimeout": "01:00:00" """);
        app.Inbox.Then = _ => throw new InvalidOperationException("A test's own failure.");
        await using var host = await app.StartAsync();

        await app.Queue.SendMessageAsync(QueueApp.Base64(Text));
        await app.Inbox.NextAsync();
        await host.StopAsync();

        Assert.Equal(1, await QueueApp.CountAsync(app.Queue));
        Assert.Null((await app.Queue.ReceiveMessageAsync()).Value);
    }

    [SkippableFact]
    public async Task A_message_that_is_not_base64_goes_to_the_poison_queue_as_it_is()
    {
        var app = NewApp();
        await using var host = await app.StartAsync();

        await app.Queue.SendMessageAsync(Text);
        await host.Log.UntilAsync(line => line is { Event: 21, Level: LogLevel.Error });

        Assert.Equal(Text, (await app.Poison.ReceiveMessageAsync()).Value.MessageText);
        Assert.Contains(host.Log.Lines, line => line is { Event: 22, Level: LogLevel.Error });
        Assert.False(app.Inbox.Any);
    }

    [SkippableFact]
    public async Task A_message_whose_attempts_all_ended_with_the_process_is_poisoned_without_another()
    {
        var app = NewApp(""" "maxDequeueCount": 2 """);
        await app.Queue.CreateAsync();
        await app.Queue.SendMessageAsync(QueueApp.Base64(Text));
        foreach (var _ in Enumerable.Range(0, 2))
        {
            var message = (await app.Queue.ReceiveMessageAsync()).Value;
            await app.Queue.UpdateMessageAsync(message.MessageId, message.PopReceipt, visibilityTimeout: TimeSpan.Zero);
        }

        await using var host = await app.StartAsync();
        await host.Log.UntilAsync(line => line.Event == 21);

        Assert.Equal(QueueApp.Base64(Text), (await app.Poison.ReceiveMessageAsync()).Value.MessageText);
        Assert.False(app.Inbox.Any);
    }

    [SkippableFact]
    public async Task No_more_than_a_batch_runs_at_once_with_a_threshold_of_zero()
    {
        var app = NewApp(""" "batchSize": 3, "newBatchThreshold": 0 """);
        var three = new CountdownEvent(3);
        var go = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        app.Inbox.Then = _ =>
        {
            if (!three.IsSet && three.Signal())
                go.SetResult();
            return go.Task;
        };
        await app.Queue.CreateAsync();
        foreach (var number in Enumerable.Range(0, 7))
            await app.Queue.SendMessageAsync(QueueApp.Base64($"{number}"));

        await using var host = await app.StartAsync();
        foreach (var _ in Enumerable.Range(0, 7))
            await app.Inbox.NextAsync();

        // Three met (nobody else could set them free), and never a fourth.
        Assert.Equal(3, app.Inbox.MostAtOnce);
    }

    [SkippableFact]
    public async Task An_empty_queue_is_looked_at_ever_less_often_down_to_maxPollingInterval()
    {
        var time = new ManualTime(DateTimeOffset.UtcNow);
        var app = NewApp(""" "maxPollingInterval": "00:00:01" """, time);
        await using var host = await app.StartAsync();

        foreach (var milliseconds in new[] { 200, 400, 800, 1000, 1000 })
        {
            var pause = await time.NextWaitAsync();
            Assert.Equal(milliseconds, pause.TotalMilliseconds);
            time.Advance(pause);
        }

        await app.Queue.SendMessageAsync(QueueApp.Base64("x"));
        time.Advance(await time.NextWaitAsync());
        await app.Inbox.NextAsync();
        await time.UntilWaitingForAsync(TimeSpan.FromMilliseconds(200));
    }

    [SkippableFact]
    public async Task Stopping_waits_for_the_message_in_hand()
    {
        var app = NewApp();
        var end = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        app.Inbox.Then = _ => end.Task;
        await using var host = await app.StartAsync();

        await app.Queue.SendMessageAsync(QueueApp.Base64("x"));
        await app.Inbox.NextAsync();
        var stopping = host.StopAsync();
        Assert.False(stopping.IsCompleted);
        end.SetResult();
        await stopping;

        Assert.Equal(0, await QueueApp.CountAsync(app.Queue));
        Assert.Contains(host.Log.Lines, line => line is { Category: "Function.Receive", Event: 1 });
    }

    [SkippableFact]
    public async Task Stopping_cancels_after_its_grace_and_gives_the_message_back()
    {
        var time = new ManualTime(DateTimeOffset.UtcNow);
        var app = NewApp(time: time);
        app.Inbox.Then = cancellationToken => Task.Delay(Timeout.Infinite, cancellationToken);
        await app.Queue.CreateAsync();
        await app.Queue.SendMessageAsync(QueueApp.Base64(Text));
        await using var host = await app.StartAsync();

        await app.Inbox.NextAsync();
        var stopping = host.StopAsync();
        await time.UntilWaitingForAsync(TimeSpan.FromSeconds(3));
        time.Advance(TimeSpan.FromSeconds(3));
        await stopping;

        Assert.Contains(host.Log.Lines, line => line is { Category: "Function.Receive", Event: 3 });
        Assert.Equal(QueueApp.Base64(Text), (await app.Queue.ReceiveMessageAsync()).Value.MessageText);
    }

    [SkippableFact]
    public async Task A_long_run_renews_its_hold_on_the_message_and_settles_it_with_the_new_receipt()
    {
        var time = new ManualTime(DateTimeOffset.UtcNow);
        var app = NewApp(time: time);
        var end = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        app.Inbox.Then = _ => end.Task;
        await app.Queue.CreateAsync();
        await app.Queue.SendMessageAsync(QueueApp.Base64(Text));
        await using var host = await app.StartAsync();

        await app.Inbox.NextAsync();
        foreach (var _ in Enumerable.Range(0, 2))
        {
            await time.UntilWaitingForAsync(TimeSpan.FromMinutes(1));
            time.Advance(TimeSpan.FromMinutes(1));
        }
        await time.UntilWaitingForAsync(TimeSpan.FromMinutes(1));
        end.SetResult();
        await host.StopAsync();

        Assert.Equal(0, await QueueApp.CountAsync(app.Queue));
        Assert.DoesNotContain(host.Log.Lines, line => line.Level >= LogLevel.Warning);
    }

    [SkippableFact]
    public async Task A_queue_that_is_deleted_while_the_host_runs_is_made_again()
    {
        var time = new ManualTime(DateTimeOffset.UtcNow);
        var app = NewApp(time: time);
        await using var host = await app.StartAsync();

        var pause = await time.NextWaitAsync();
        await app.Queue.DeleteAsync();
        time.Advance(pause);
        pause = await time.NextWaitAsync();
        await app.Queue.SendMessageAsync(QueueApp.Base64("x"));
        time.Advance(pause);

        Assert.Equal("1: x", await app.Inbox.NextAsync());
    }

    private QueueApp NewApp(string settings = "", TimeProvider? time = null) => new(azurite.ConnectionString, typeof(Receiver), settings, time);

    public sealed class Receiver(Inbox inbox)
    {
        [Function("Receive")]
        public Task ReceiveAsync([QueueTrigger("%Queue%")] string message, int dequeueCount, CancellationToken cancellationToken) =>
            inbox.ReceiveAsync($"{dequeueCount}: {message}", cancellationToken);
    }
}
