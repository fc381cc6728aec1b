using TypedCache.Pool;

namespace TypedCache.Creation;

/// <summary>
/// Waits for a value which another process creates: reads again and again, for all callers of this process, until the value is there,
/// the lease is free, or it has waited long enough.
/// </summary>
internal sealed class LeasePoll(CreationBroker broker, CreationRun run, LeaseCommands commands, FlightTable flights, TimeProvider time)
{
    /// <summary>Waits.</summary>
    /// <param name="flight">Who waits.</param>
    /// <param name="plan">How the value is made, if it comes to that.</param>
    /// <param name="since">Since when they have been waiting.</param>
    public async Task RunAsync<T>(Flight<T> flight, CreationPlan<T> plan, long since)
    {
        CreationMetrics.LeaseWaits.Add(1);
        var delay = new PollDelay(time, plan.Options.LeaseWait, since);
        while (await delay.WaitAsync(flight.Abandoned).ConfigureAwait(false) && !flight.IsClaimed)
        {
            var read = await commands.ReadAsync(plan, flight.Abandoned).ConfigureAwait(false);
            read = await broker.RemoveUndecodableAsync(plan, read, flight.Abandoned).ConfigureAwait(false);
            if (read.IsUsable(plan.Options.Stale > TimeSpan.Zero))
            {
                flights.End(flight);
                flight.Complete(broker.Take(plan, read));
                return;
            }

            if (!read.IsTaken || read.Lease != flight.Lease)
            {
                await FollowAsync(flight, plan, read, since).ConfigureAwait(false);
                return;
            }
        }

        // What is created now is fenced by the lease of the one who is late: whoever stores first wins.
        if (flights.TryClaim(flight))
        {
            await run.RunAsync(new CreationTicket<T>(flight, plan, new LeaseRead<T> { Lease = flight.Lease })).ConfigureAwait(false);
        }
    }

    // The item is not the one any more which was waited for: this is what a caller would do who came now.
    private async Task FollowAsync<T>(Flight<T> flight, CreationPlan<T> plan, LeaseRead<T> read, long since)
    {
        var next = broker.Board(plan, read, since, out _);
        try
        {
            if (next != flight)
            {
                var landed = await next.Landed.WaitAsync(flight.Abandoned).ConfigureAwait(false);
                flights.End(flight);
                flight.Land(landed);
            }
        }
        finally
        {
            flights.Leave(next);
        }
    }
}
