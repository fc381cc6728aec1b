namespace TypedCache.Creation;

/// <summary>Takes lease keys for flights, or waits for the values of those who have them.</summary>
internal sealed class LeaseKeyWait(LeaseKeys keys, LeaseCommands commands, CreationRun run, FlightTable flights, TimeProvider time)
{
    /// <summary>Brings a value: creates it under the lease key, or waits for the one who does.</summary>
    /// <param name="ticket">The flight, which has been claimed.</param>
    /// <param name="since">Since when the caller has been waiting.</param>
    public async Task RunAsync<T>(CreationTicket<T> ticket, long since)
    {
        var delay = new PollDelay(time, ticket.Plan.Options.LeaseWait, since);
        while (!await TryTakeAsync(ticket).ConfigureAwait(false) && await delay.WaitAsync(ticket.Flight.Abandoned).ConfigureAwait(false))
        {
            if (await TryReadAsync(ticket).ConfigureAwait(false))
            {
                return;
            }
        }

        if (!ticket.Flight.OwnsLease && ticket.Flight.Abandoned.IsCancellationRequested)
        {
            return;
        }

        // Whoever had the lease before may have stored the value since it was looked for.
        if (!ticket.Flight.OwnsLease || !await TryReadAsync(ticket).ConfigureAwait(false))
        {
            await run.RunAsync(ticket).ConfigureAwait(false);
        }
    }

    /// <summary>Takes the lease keys which are free.</summary>
    /// <returns>Those which were taken, and the others.</returns>
    public async ValueTask<(List<CreationTicket<T>> Taken, List<CreationTicket<T>> Others)> TakeAsync<T>(IReadOnlyList<CreationTicket<T>> tickets)
    {
        var taken = new List<CreationTicket<T>>();
        var others = new List<CreationTicket<T>>();
        var attempts = tickets.Select(ticket => TryTakeAsync(ticket)).ToArray();
        for (var i = 0; i < tickets.Count; i++)
        {
            (await attempts[i].ConfigureAwait(false) ? taken : others).Add(tickets[i]);
        }

        return (taken, others);
    }

    private async ValueTask<bool> TryTakeAsync<T>(CreationTicket<T> ticket)
    {
        var isTaken = await keys.TakeAsync(ticket.Plan).ConfigureAwait(false);
        ticket.Flight.OwnsLease = isTaken == true;
        CreationMetrics.LeaseWaits.Add(isTaken == false ? 1 : 0);
        return isTaken != false;
    }

    private async ValueTask<bool> TryReadAsync<T>(CreationTicket<T> ticket)
    {
        var read = await commands.ReadAsync(ticket.Plan, CancellationToken.None).ConfigureAwait(false);
        if (!read.HasValue)
        {
            return false;
        }

        if (ticket.Flight.OwnsLease)
        {
            await keys.ReturnAsync(ticket.Plan.Key).ConfigureAwait(false);
        }

        flights.End(ticket.Flight);
        ticket.Flight.Complete(read.Value!);
        return true;
    }
}
