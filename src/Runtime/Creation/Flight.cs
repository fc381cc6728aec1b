using TypedCache.Pool;

namespace TypedCache.Creation;

/// <summary>
/// A value on its way to all callers of this process who wait for it: being created, or awaited from another process. What follows
/// belongs to the <see cref="FlightTable"/>, which guards it.
/// </summary>
internal abstract class Flight(FlightKey key)
{
    private readonly CancellationTokenSource _abandoned = new();

    public FlightKey Key { get; } = key;

    public Lease Lease => Key.Lease;

    /// <summary>Cancelled when nobody waits any more, or the pool is disposed.</summary>
    public CancellationToken Abandoned => _abandoned.Token;

    /// <summary>How many wait.</summary>
    public int Waiters { get; set; }

    /// <summary>Whether somebody creates the value; before that, it is awaited from another process.</summary>
    public bool IsClaimed { get; set; }

    /// <summary>Whether the lease is this process's own, so that it may be given back.</summary>
    public bool OwnsLease { get; set; }

    /// <summary>Whether nobody can join it any more, although it goes on.</summary>
    public bool IsDetached { get; set; }

    /// <summary>Whether it has ended.</summary>
    public bool IsOver { get; set; }

    /// <summary>Ends what is done for the flight. What the create function does about it runs elsewhere.</summary>
    public void Abandon() => _ = _abandoned.CancelAsync();

    /// <summary>Gives an exception to all who wait.</summary>
    public abstract void Fail(Exception exception);
}

/// <summary>A flight with its result.</summary>
/// <typeparam name="T">The type of the value.</typeparam>
internal sealed class Flight<T>(FlightKey key) : Flight(key)
{
    private readonly TaskCompletionSource<CacheValue<T>> _landed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The value, or a miss where whoever created found none: those who wait have to ask again.</summary>
    public Task<CacheValue<T>> Landed => _landed.Task;

    /// <summary>Gives the value to all who wait.</summary>
    public void Complete(T value) => Land(new CacheValue<T>(value));

    /// <summary>Gives the value to all who wait, or lets them ask again.</summary>
    public void Land(CacheValue<T> result) => _landed.TrySetResult(result);

    /// <inheritdoc/>
    public override void Fail(Exception exception)
    {
        _landed.TrySetException(exception);

        // Nobody may be waiting any more; that is no unobserved failure.
        _ = _landed.Task.Exception;
    }
}
