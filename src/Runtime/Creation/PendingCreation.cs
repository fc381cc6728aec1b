using System.Diagnostics;
using TypedCache.Pool;
using TypedCache.Transport;

namespace TypedCache.Creation;

/// <summary>
/// A value on its way to all callers of this process who wait for it: being created, or awaited from another process. What follows
/// belongs to the <see cref="PendingCreations"/>, which guards it.
/// </summary>
internal abstract class PendingCreation(PendingKey key)
{
    private readonly CancellationTokenSource _abandoned = new();
    private volatile CreationWork? _work;

    public PendingKey Key { get; } = key;

    public Lease Lease => Key.Lease;

    /// <summary>Cancelled when nobody waits any more, or the pool is disposed.</summary>
    public CancellationToken Abandoned => _abandoned.Token;

    /// <summary>How many wait.</summary>
    public int Waiters { get; set; }

    /// <summary>Whether somebody creates the value; before that, it is awaited from another process.</summary>
    public bool IsClaimed { get; set; }

    /// <summary>Whether the lease is this process's own and has not been given back.</summary>
    public bool OwnsLease { get; set; }

    /// <summary>Finds the server of the lease, where leases are keys; null before one has been asked for.</summary>
    public OperationRouter? LeaseKeyRouter { get; set; }

    /// <summary>Whether it replaces a stale value in the background, for a caller who has that value and does not wait.</summary>
    public bool IsRefresh { get; set; }

    /// <summary>Whether there is a stale value under the lease, which stays when the lease is given back.</summary>
    public bool ReplacesValue { get; set; }

    /// <summary>Whether nobody can join it any more, although it goes on.</summary>
    public bool IsDetached { get; set; }

    /// <summary>Whether it has ended.</summary>
    public bool IsOver { get; set; }

    /// <summary>The span of the create function; none where nobody wants one. It is there when the creation ends.</summary>
    public ActivityContext Trace { get; set; }

    /// <summary>What brings the value. It may have begun.</summary>
    public CreationWork? Work
    {
        get => _work;
        set => _work = value;
    }

    /// <summary>Ends what is done for the creation. What the create function does about it runs elsewhere.</summary>
    public void Abandon() => _ = _abandoned.CancelAsync();

    /// <summary>Gives an exception to all who wait.</summary>
    public abstract void Fail(Exception exception);
}

/// <summary>A creation with its result.</summary>
/// <typeparam name="T">The type of the value.</typeparam>
internal sealed class PendingCreation<T>(PendingKey key) : PendingCreation(key)
{
    private readonly SharedCall<CacheValue<T>> _call = new();

    /// <summary>Waits for the value, or a miss where whoever created found none: those who wait have to ask again.</summary>
    /// <param name="limit">The longest time to wait.</param>
    /// <param name="time">What tells the time.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>Null when the waiting has ended before the creation.</returns>
    public ValueTask<CacheValue<T>?> WaitAsync(TimeSpan limit, TimeProvider time, CancellationToken cancellationToken) =>
        _call.WaitAsync(limit, time, cancellationToken);

    /// <summary>Gives the value to all who wait.</summary>
    public void Complete(T value) => SetResult(new CacheValue<T>(value));

    /// <summary>Gives the value to all who wait, or lets them ask again.</summary>
    public void SetResult(CacheValue<T> result) => _call.End(result, failure: null);

    /// <inheritdoc/>
    public override void Fail(Exception exception) => _call.End(default, exception);
}
