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
    public async ValueTask<Dictionary<TKey, T>> RunAsync(List<BatchPlan<TKey, T>> plans, CancellationToken cancellationToken)
    {
        for (var since = broker.Now; plans.Count > 0;)
        {
            var reads = await ReadAsync(plans, cancellationToken).ConfigureAwait(false);
            var boarding = Board(plans, reads, since);
            plans = await WaitAsync(boarding, cancellationToken).ConfigureAwait(false);
        }

        return _found;
    }

    // Each is awaited even when one before it failed: its lease would go on for nobody.
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

    private List<Boarding> Board(List<BatchPlan<TKey, T>> plans, LeaseRead<T>[] reads, long since)
    {
        var waiting = new List<Boarding>();
        var missing = new List<CreationTicket<T>>();
        var stale = new List<CreationTicket<T>>();
        for (var i = 0; i < plans.Count; i++)
        {
            var (plan, read) = (plans[i], reads[i]);
            if (!read.IsUsable(plan.Options.Stale > TimeSpan.Zero))
            {
                CreationMetrics.Misses.Add(1);
                waiting.Add(BoardMissing(plan, read, since, missing));
                continue;
            }

            (read.Marks == LeaseMarks.None ? CreationMetrics.Hits : CreationMetrics.StaleHits).Add(1);
            _found[plan.Item] = read.Value!;
            if (broker.IsRefreshDue(plan.Key, read, plan.Options))
            {
                BoardStale(plan, read, stale);
            }
        }

        Launch(missing);
        Launch(stale);
        return waiting;
    }

    private Boarding BoardMissing(BatchPlan<TKey, T> plan, LeaseRead<T> read, long since, List<CreationTicket<T>> claimed)
    {
        if (broker.WouldWaitForItself(plan, read))
        {
            return new Boarding(plan, null, IsNew: false, IsOwn: true);
        }

        var flight = broker.Join(plan, read, out var isNew);
        var claims = broker.TryClaim(flight, read);
        if (claims)
        {
            claimed.Add(new CreationTicket<T>(flight, plan, read));
        }
        else if (isNew)
        {
            broker.Poll(flight, plan, since);
        }

        return new Boarding(plan, flight, isNew, claims);
    }

    private void BoardStale(BatchPlan<TKey, T> plan, LeaseRead<T> read, List<CreationTicket<T>> claimed)
    {
        if (!read.HasWon)
        {
            broker.Refresh(plan, read);
            return;
        }

        CreationMetrics.Refreshes.Add(1);
        var flight = broker.Join(plan, read, out _);
        if (broker.TryClaim(flight, read))
        {
            claimed.Add(new CreationTicket<T>(flight, plan, read));
        }
    }

    private void Launch(List<CreationTicket<T>> tickets)
    {
        if (tickets.Count > 0)
        {
            broker.LaunchMany(tickets, CreateAsync);
        }
    }

    private async ValueTask<IReadOnlyList<CacheItem<T>?>> CreateAsync(IReadOnlyList<CreationTicket<T>> tickets, CancellationToken cancellationToken)
    {
        BatchPlan<TKey, T>[] plans = [.. tickets.Select(ticket => (BatchPlan<TKey, T>)ticket.Plan)];
        var created = await create([.. plans.Select(plan => plan.Item)], cancellationToken).ConfigureAwait(false);
        return Array.ConvertAll(plans, plan => plan.Find(created));
    }

    // Gives what has to be asked for again: somebody else created it, and found nothing.
    private async ValueTask<List<BatchPlan<TKey, T>>> WaitAsync(List<Boarding> waiting, CancellationToken cancellationToken)
    {
        var again = new List<BatchPlan<TKey, T>>();
        ExceptionDispatchInfo? failure = null;
        foreach (var boarding in waiting)
        {
            try
            {
                var landed = boarding.Flight is { } flight
                    ? await broker.WaitAsync(boarding.Plan, flight, boarding.IsNew, cancellationToken).ConfigureAwait(false)
                    : await CreationRun.CreateUnsharedAsync(boarding.Plan, cancellationToken).ConfigureAwait(false);
                if (landed.Found)
                {
                    _found[boarding.Plan.Item] = landed.Value!;
                }
                else if (!boarding.IsOwn)
                {
                    again.Add(boarding.Plan);
                }
            }
            catch (Exception exception)
            {
                failure ??= ExceptionDispatchInfo.Capture(exception);
            }
        }

        failure?.Throw();
        return again;
    }

    /// <summary>One key which is waited for.</summary>
    private readonly record struct Boarding(BatchPlan<TKey, T> Plan, Flight<T>? Flight, bool IsNew, bool IsOwn);
}
