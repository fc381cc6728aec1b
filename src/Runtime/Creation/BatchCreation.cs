using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using TypedCache.Pool;
using TypedCache.Protocol;
using TypedCache.Transport;

namespace TypedCache.Creation;

/// <summary>
/// One get-or-create operation for many keys: reads all, creates those together whose leases it has won, and waits for the others.
/// </summary>
internal sealed class BatchCreation<TKey, T>(
    CreationBroker broker, LeaseCommands commands, Func<IReadOnlyList<TKey>, CancellationToken, ValueTask<IReadOnlyDictionary<TKey, T>>> create)
    where TKey : notnull
{
    private readonly Dictionary<TKey, T> _found = [];

    /// <summary>Gets the values.</summary>
    /// <param name="plans">One for each key.</param>
    /// <param name="cancellationToken">Ends this caller's waiting.</param>
    [AsyncMethodBuilder(typeof(CallMethodBuilder<>))]
    public async ValueTask<Dictionary<TKey, T>> RunAsync(List<BatchPlan<TKey, T>> plans, CancellationToken cancellationToken)
    {
        for (var since = broker.Now; plans.Count > 0;)
        {
            var reads = await ReadAsync(plans, cancellationToken).ConfigureAwait(false);
            var waiters = JoinOrStart(plans, reads, since);
            plans = await WaitAsync(waiters, cancellationToken).ConfigureAwait(false);
        }

        return _found;
    }

    // Each is awaited even when one before it failed: its lease would go on for nobody.
    [AsyncMethodBuilder(typeof(CallMethodBuilder<>))]
    private async ValueTask<LeaseRead<T>[]> ReadAsync(List<BatchPlan<TKey, T>> plans, CancellationToken cancellationToken)
    {
        var pending = new ValueTask<LeaseRead<T>>[plans.Count];
        var sends = SendBatch.Begin();
        for (var i = 0; i < plans.Count; i++)
        {
            pending[i] = commands.ReadAsync(plans[i], cancellationToken);
        }

        sends.End();
        var reads = new LeaseRead<T>[plans.Count];
        ExceptionDispatchInfo? failure = null;
        for (var i = 0; i < plans.Count; i++)
        {
            try
            {
                reads[i] = await pending[i].ConfigureAwait(false);
                reads[i] = await broker.RemoveUndecodableAsync(plans[i], reads[i], cancellationToken).ConfigureAwait(false);
            }
            catch (Exception exception)
            {
                failure ??= ExceptionDispatchInfo.Capture(exception);
            }
        }

        if (failure is not null)
        {
            await broker.GiveBackAsync(plans, reads).ConfigureAwait(false);
            failure.Throw();
        }

        return reads;
    }

    private List<Waiter> JoinOrStart(List<BatchPlan<TKey, T>> plans, LeaseRead<T>[] reads, long since)
    {
        var waiters = new List<Waiter>();
        var missing = new List<ClaimedCreation<T>>();
        var stale = new List<ClaimedCreation<T>>();
        for (var i = 0; i < plans.Count; i++)
        {
            var (plan, read) = (plans[i], reads[i]);
            if (!read.IsUsable(plan.Options.Stale > TimeSpan.Zero))
            {
                CreationMetrics.Misses.Add(1);
                waiters.Add(JoinMissing(plan, read, since, missing));
                continue;
            }

            (read.Marks == LeaseMarks.None ? CreationMetrics.Hits : CreationMetrics.StaleHits).Add(1);
            _found[plan.Item] = read.Value!;
            if (broker.IsRefreshDue(plan.Key, read, plan.Options))
            {
                JoinStale(plan, read, stale);
            }
        }

        Start(missing);
        Start(stale);
        return waiters;
    }

    private Waiter JoinMissing(BatchPlan<TKey, T> plan, LeaseRead<T> read, long since, List<ClaimedCreation<T>> claimed)
    {
        if (broker.WouldWaitForItself(plan, read))
        {
            return new Waiter(plan, null, IsNew: false, IsOwn: true);
        }

        var creation = broker.Join(plan, read, out var isNew);
        var isOwn = broker.TryClaim(creation, read);
        if (isOwn)
        {
            claimed.Add(new ClaimedCreation<T>(creation, plan, read));
        }
        else if (isNew)
        {
            broker.Poll(creation, plan, since);
        }

        return new Waiter(plan, creation, isNew, isOwn);
    }

    private void JoinStale(BatchPlan<TKey, T> plan, LeaseRead<T> read, List<ClaimedCreation<T>> claimed)
    {
        if (!read.HasWon)
        {
            broker.Refresh(plan, read);
            return;
        }

        CreationMetrics.Refreshes.Add(1);
        var creation = broker.Join(plan, read, out _);
        if (broker.TryClaim(creation, read))
        {
            claimed.Add(new ClaimedCreation<T>(creation, plan, read));
        }
    }

    private void Start(List<ClaimedCreation<T>> claims)
    {
        if (claims.Count > 0)
        {
            broker.StartMany(claims, CreateAsync);
        }
    }

    [AsyncMethodBuilder(typeof(CallMethodBuilder<>))]
    private async ValueTask<IReadOnlyList<CacheItem<T>?>> CreateAsync(IReadOnlyList<ClaimedCreation<T>> claims, CancellationToken cancellationToken)
    {
        BatchPlan<TKey, T>[] plans = [.. claims.Select(claim => (BatchPlan<TKey, T>)claim.Plan)];
        var created = await create([.. plans.Select(plan => plan.Item)], cancellationToken).ConfigureAwait(false);
        return Array.ConvertAll(plans, plan => plan.Find(created));
    }

    // Gives what has to be asked for again: somebody else created it, and found nothing.
    [AsyncMethodBuilder(typeof(CallMethodBuilder<>))]
    private async ValueTask<List<BatchPlan<TKey, T>>> WaitAsync(List<Waiter> waiters, CancellationToken cancellationToken)
    {
        var again = new List<BatchPlan<TKey, T>>();
        ExceptionDispatchInfo? failure = null;
        foreach (var waiter in waiters)
        {
            try
            {
                var result = waiter.Creation is { } creation
                    ? await broker.WaitAsync(waiter.Plan, creation, waiter.IsNew, cancellationToken).ConfigureAwait(false)
                    : await CreationRun.CreateUnsharedAsync(waiter.Plan, cancellationToken).ConfigureAwait(false);
                if (result.Found)
                {
                    _found[waiter.Plan.Item] = result.Value!;
                }
                else if (!waiter.IsOwn)
                {
                    again.Add(waiter.Plan);
                }
            }
            catch (Exception exception)
            {
                failure ??= ExceptionDispatchInfo.Capture(exception);
            }
        }

        // Whoever brought the last value has other things to do than what the caller does next.
        if (waiters.Count > 0)
        {
            await HandOver.Shared.SwitchAsync();
        }

        failure?.Throw();
        return again;
    }

    /// <summary>One key which is waited for.</summary>
    private readonly record struct Waiter(BatchPlan<TKey, T> Plan, PendingCreation<T>? Creation, bool IsNew, bool IsOwn);
}
