using TypedCache.Embedded;

namespace TypedCache.Testing;

/// <summary>Replies that wait for the clock.</summary>
/// <param name="clock">The clock.</param>
internal sealed class HeldReplies(TestClock clock)
{
    private readonly Lock _gate = new();
    private readonly List<Held> _held = [];

    /// <summary>Holds a reply back.</summary>
    /// <param name="exchange">The reply.</param>
    /// <param name="delay">How long; infinite: until <see cref="ReleaseAll"/>.</param>
    public void Hold(EmbeddedExchange exchange, TimeSpan delay)
    {
        var held = new Held(exchange, clock.Elapsed);
        lock (_gate)
        {
            _held.RemoveAll(static held => !held.IsWaiting);
            _held.Add(held);
        }

        exchange.Delay(held.Until);
        if (delay != Timeout.InfiniteTimeSpan)
        {
            held.Timer = clock.CreateTimer(static held => ((Held)held!).Release(), held, delay, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>Sends all of them now.</summary>
    public void ReleaseAll()
    {
        Held[] all;
        lock (_gate)
        {
            all = [.. _held];
            _held.Clear();
        }

        Array.ForEach(all, static held => held.Release());
    }

    /// <summary>Whether one has waited for so long that its caller does not wait any more.</summary>
    public bool AreOverdue(TimeSpan limit)
    {
        lock (_gate)
        {
            return _held.Exists(held => held.IsWaiting && clock.Elapsed - held.Since >= limit);
        }
    }

    private sealed class Held(EmbeddedExchange exchange, TimeSpan since)
    {
        // Without asynchronous continuations: when the clock has fired, the reply has been sent.
        private readonly TaskCompletionSource _until = new();

        public TimeSpan Since => since;

        public Task Until => _until.Task;

        public ITimer? Timer { get; set; }

        public bool IsWaiting => !_until.Task.IsCompleted && exchange.IsOpen;

        public void Release()
        {
            Timer?.Dispose();
            _until.TrySetResult();
        }
    }
}
