using TypedCache.Pool;
using TypedCache.Transport;

namespace TypedCache.Creation;

/// <summary>Runs create functions for flights which were claimed for them, and stores what they give.</summary>
internal sealed class CreationRun(LeaseCommands commands, LeaseKeys leaseKeys, FlightTable flights)
{
    /// <summary>Creates a value for one caller alone; it is not stored.</summary>
    /// <returns>The value, or a miss where the function said nothing of the key.</returns>
    public static async ValueTask<CacheValue<T>> CreateUnsharedAsync<T>(CreationPlan<T> plan, CancellationToken cancellationToken)
    {
        CreationMetrics.Creates.Add(1);
        return ToValue(await plan.CreateAsync(cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Creates, stores and hands out one value.</summary>
    /// <param name="ticket">The flight, which has been claimed.</param>
    public async Task RunAsync<T>(CreationTicket<T> ticket)
    {
        CreationScope.Enter(flights, ticket.Plan.Key);
        CacheItem<T>? item;
        try
        {
            CreationMetrics.Creates.Add(1);
            item = await ticket.Plan.CreateAsync(ticket.Flight.Abandoned).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            CountFailure(ticket.Flight.Abandoned);
            await GiveUpAsync(ticket, exception).ConfigureAwait(false);
            return;
        }

        await FinishAsync(ticket, item).ConfigureAwait(false);
    }

    /// <summary>Creates many values with one call, stores them together, and hands them out.</summary>
    /// <param name="tickets">The flights, which have been claimed.</param>
    /// <param name="create">Creates the values of the tickets, in their order; null for one which is not there.</param>
    public async Task RunManyAsync<T>(IReadOnlyList<CreationTicket<T>> tickets, CreateMany<T> create)
    {
        using var abandoned = new AbandonedTogether(tickets.Select(ticket => ticket.Flight));
        foreach (var ticket in tickets)
        {
            CreationScope.Enter(flights, ticket.Plan.Key);
        }

        IReadOnlyList<CacheItem<T>?> items;
        try
        {
            CreationMetrics.Creates.Add(1);
            items = await create(tickets, abandoned.Token).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            CountFailure(abandoned.Token);
            await TogetherAsync(tickets, (ticket, _) => GiveUpAsync(ticket, exception)).ConfigureAwait(false);
            return;
        }

        await TogetherAsync(tickets, (ticket, position) => FinishAsync(ticket, items[position])).ConfigureAwait(false);
    }

    private static CacheValue<T> ToValue<T>(CacheItem<T>? item) => item is { } created ? new CacheValue<T>(created.Value) : CacheValue<T>.Miss;

    private static void CountFailure(CancellationToken abandoned) => CreationMetrics.CreateFailures.Add(abandoned.IsCancellationRequested ? 0 : 1);

    // What each sends first leaves in one send for each server.
    private static Task TogetherAsync<T>(IReadOnlyList<CreationTicket<T>> tickets, Func<CreationTicket<T>, int, Task> work)
    {
        var sends = SendBatch.Begin();
        try
        {
            return Task.WhenAll([.. tickets.Select(work)]);
        }
        finally
        {
            sends.End();
        }
    }

    private async Task FinishAsync<T>(CreationTicket<T> ticket, CacheItem<T>? item)
    {
        try
        {
            await StoreAsync(ticket, item).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            // The codec refuses the value.
            await GiveUpAsync(ticket, exception).ConfigureAwait(false);
            return;
        }

        flights.End(ticket.Flight);
        ticket.Flight.Land(ToValue(item));
    }

    private async ValueTask StoreAsync<T>(CreationTicket<T> ticket, CacheItem<T>? item)
    {
        var (flight, plan) = (ticket.Flight, ticket.Plan);
        if (item is { } created && plan.IsStored(created))
        {
            await StoreAsync(flight, plan, created).ConfigureAwait(false);
        }
        else if (flight is { OwnsLease: true, Lease.IsReal: true })
        {
            await commands.ReleaseAsync(plan.Key, flight.Lease).ConfigureAwait(false);
        }

        await ReturnLeaseKeyAsync(flight).ConfigureAwait(false);
    }

    private async ValueTask StoreAsync<T>(Flight<T> flight, CreationPlan<T> plan, CacheItem<T> item)
    {
        if (flight.Lease.IsReal)
        {
            var isStored = await commands.FillAsync(plan, flight.Lease, item).ConfigureAwait(false);
            CreationMetrics.Superseded.Add(isStored == false ? 1 : 0);
        }
        else if (flight.Lease == Lease.Unknown && !flight.IsDetached)
        {
            await leaseKeys.StoreAsync(plan, item).ConfigureAwait(false);
        }
    }

    private ValueTask ReturnLeaseKeyAsync(Flight flight) =>
        flight.OwnsLease && flight.Lease == Lease.Unknown ? leaseKeys.ReturnAsync(flight.Key.Key) : ValueTask.CompletedTask;

    // Somebody else may try at once; where a stale value is kept for safety, after a while.
    private async Task GiveUpAsync<T>(CreationTicket<T> ticket, Exception exception)
    {
        var (flight, plan, read) = (ticket.Flight, ticket.Plan, ticket.Read);
        if (flight is { OwnsLease: true, Lease.IsReal: true })
        {
            await (read.Bytes is { } bytes
                ? commands.KeepAsync(plan.Key, flight.Lease, bytes, plan.Options)
                : commands.GiveBackAsync(plan.Key, read)).ConfigureAwait(false);
        }

        await ReturnLeaseKeyAsync(flight).ConfigureAwait(false);
        flights.End(flight);
        flight.Fail(exception);
    }
}
