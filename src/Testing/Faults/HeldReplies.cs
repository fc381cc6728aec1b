using TypedCache.Embedded;

namespace TypedCache.Testing;

/// <summary>Replies that wait for the clock.</summary>
/// <param name="clock">The clock.</param>
/// <param name="released">Called when the clock has let one go.</param>
internal sealed class HeldReplies(TestClock clock, Action released)
{
    private readonly Lock _gate = new();
    private readonly List<Held> _held = [];

    /// <summary>Holds a reply back.</summary>
    /// <param name="exchange">The reply.</param>
    /// <param name="delay">How long; infinite: until <see cref="ReleaseAll"/>.</param>
    public void Hold(EmbeddedExchange exchange, TimeSpan delay)
    {
        var held = new Held(exchange);
        lock (_gate)
        {
            _held.RemoveAll(static held => !held.IsWaiting);
            _held.Add(held);
        }

        exchange.Delay(held.Until);
        if (delay != Timeout.InfiniteTimeSpan)
        {
            held.Timer = clock.CreateTimer(_ => Release(held), state: null, delay, Timeout.InfiniteTimeSpan);
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

    /// <summary>Whether there are any.</summary>
    public bool Exist
    {
        get
        {
            lock (_gate)
            {
                return _held.Exists(static held => held.IsWaiting);
            }
        }
    }

    private void Release(Held held)
    {
        held.Release();
        released();
    }

    private sealed class Held(EmbeddedExchange exchange)
    {
        // Without asynchronous continuations: when the clock has fired, the reply has been sent.
        private readonly TaskCompletionSource _until = new();

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
