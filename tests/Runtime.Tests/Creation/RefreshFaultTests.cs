using System.Diagnostics.Metrics;
using TypedCache.Tests.Telemetry;
using TypedCache.Values;

namespace TypedCache.Tests.Creation;

/// <summary>What an application has plugged in and throws while values are created or refreshed costs nobody a value, nor the lease.</summary>
[Collection(nameof(ListensToTheMeter))]
public sealed class RefreshFaultTests : IAsyncDisposable
{
    private static readonly ICacheCodec<string> Text = CacheCodecs.String;
    private static readonly GetOrCreateOptions Options = new() { Expires = TimeSpan.FromSeconds(10), Stale = TimeSpan.FromHours(1) };

    private readonly Fleet _fleet = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _fleet.DisposeAsync();

    [Fact]
    public async Task A_listener_which_throws_costs_no_value_and_no_lease()
    {
        var heard = 0;
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == "TypedCache")
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((_, _, _, _) =>
        {
            Interlocked.Increment(ref heard);
            throw new InvalidOperationException("thrown by the test");
        });
        listener.Start();
        var pool = _fleet.Join();
        for (var round = 0; round < 3; round++)
        {
            Assert.Equal("v", await GetAsync(pool, "v"));
            Assert.Equal("v", await GetAsync(pool, "w"));
            await pool.InvalidateAsync("k", TimeSpan.FromHours(1), Token);
            Assert.Equal("v", await GetAsync(pool, "w"));
            await Fleet.UntilAsync(() => pool.WaitingForCreation == 0);
            Assert.Equal("w", await pool.GetAsync("k", Text, Token));
            Assert.True(await pool.DeleteAsync("k", Token));
        }

        Assert.True(heard > 0);
    }

    // Thrown on the thread pool, its exception would end the process.
    [Fact]
    public async Task A_listener_of_the_meter_that_throws_keeps_no_handler_from_being_called()
    {
        var pool = _fleet.Join(static options => options.RetryInterval = Timeout.InfiniteTimeSpan);
        var counted = new TaskCompletionSource();
        var reported = new TaskCompletionSource<HandlerFailedEventArgs>();
        using var listener = new MeterListener
        {
            InstrumentPublished = static (instrument, listener) =>
            {
                if (instrument.Name == "typedcache.handler.failures")
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((_, _, _, _) =>
        {
            counted.TrySetResult();
            throw new InvalidOperationException("of the listener");
        });
        listener.Start();
        pool.ServerFailed += (_, _) => throw new InvalidOperationException("of the handler");
        pool.HandlerFailed += (_, failed) => reported.TrySetResult(failed);

        pool.Servers[0].Disable();

        var failed = await reported.Task.WaitAsync(TimeSpan.FromSeconds(30), Token);
        Assert.Equal("of the handler", failed.Error.Message);
        Assert.True(counted.Task.IsCompleted);
    }

    [Fact]
    public async Task A_clock_which_throws_costs_no_value_and_the_next_caller_refreshes()
    {
        var clock = new FaultyClock();
        var pool = _fleet.Join(options => options.TimeProvider = clock);
        var other = _fleet.Join();
        Assert.Equal("old", await GetAsync(other, "old"));
        await other.InvalidateAsync("k", TimeSpan.FromHours(1), Token);
        clock.Throws = true;
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal("old", await GetAsync(pool, "never"));
        }

        clock.Throws = false;
        await pool.GetAsync("fence", Text, Token);
        Assert.Equal("old", await GetAsync(other, "new"));
        await Fleet.UntilAsync(() => other.WaitingForCreation == 0);
        Assert.Equal("new", await GetAsync(pool, "never"));
    }

    private static async Task<string> GetAsync(MemcachedPool pool, string value) =>
        await pool.GetOrCreateAsync("k", _ => ValueTask.FromResult(value), Text, Options, cancellationToken: Token);

    private sealed class FaultyClock : TimeProvider
    {
        public volatile bool Throws;

        public override long GetTimestamp() => Throws ? throw new InvalidOperationException("thrown by the test") : base.GetTimestamp();
    }
}
