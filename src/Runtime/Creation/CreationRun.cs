namespace TypedCache.Creation;

/// <summary>Runs a create function for a flight which it was claimed for, and stores what it gives.</summary>
internal sealed class CreationRun(LeaseCommands commands, FlightTable flights)
{
    /// <summary>Creates a value for one caller alone; it is not stored.</summary>
    public static async ValueTask<T> CreateUnsharedAsync<T>(CreationPlan<T> plan, CancellationToken cancellationToken)
    {
        CreationMetrics.Creates.Add(1);
        return (await plan.CreateAsync(cancellationToken).ConfigureAwait(false)).Value;
    }

    /// <summary>Creates, stores and hands out.</summary>
    /// <param name="flight">The flight; it has been claimed.</param>
    /// <param name="plan">How the value is made.</param>
    /// <param name="read">What was read before: perhaps a stale value.</param>
    public async Task RunAsync<T>(Flight<T> flight, CreationPlan<T> plan, LeaseRead<T> read)
    {
        CreationScope.Enter(flights, plan.Key);
        try
        {
            CreationMetrics.Creates.Add(1);
            var item = await plan.CreateAsync(flight.Abandoned).ConfigureAwait(false);
            await StoreAsync(flight, plan, item).ConfigureAwait(false);
            flights.End(flight);
            flight.Complete(item.Value);
        }
        catch (Exception exception)
        {
            if (!flight.Abandoned.IsCancellationRequested)
            {
                CreationMetrics.CreateFailures.Add(1);
            }

            await GiveUpAsync(flight, plan, read).ConfigureAwait(false);
            flights.End(flight);
            flight.Fail(exception);
        }
    }

    private async ValueTask StoreAsync<T>(Flight<T> flight, CreationPlan<T> plan, CacheItem<T> item)
    {
        if (!flight.Lease.IsReal)
        {
            return;
        }

        if (plan.IsStored(item))
        {
            var isStored = await commands.FillAsync(plan, flight.Lease, item).ConfigureAwait(false);
            CreationMetrics.Superseded.Add(isStored == false ? 1 : 0);
        }
        else if (flight.OwnsLease)
        {
            await commands.ReleaseAsync(plan.Key, flight.Lease).ConfigureAwait(false);
        }
    }

    // Somebody else may try at once; where a stale value is kept for safety, after a while.
    private async ValueTask GiveUpAsync<T>(Flight<T> flight, CreationPlan<T> plan, LeaseRead<T> read)
    {
        if (!flight.OwnsLease || !flight.Lease.IsReal)
        {
            return;
        }

        if (read.Bytes is { } bytes)
        {
            await commands.KeepAsync(plan.Key, flight.Lease, bytes, plan.Options).ConfigureAwait(false);
        }
        else if (read.HasValue)
        {
            await commands.HandOverAsync(plan.Key, flight.Lease).ConfigureAwait(false);
        }
        else
        {
            await commands.ReleaseAsync(plan.Key, flight.Lease).ConfigureAwait(false);
        }
    }
}
