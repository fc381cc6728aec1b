using System.Runtime.CompilerServices;
using TypedCache.Pool;
using TypedCache.Transport;

namespace TypedCache.Creation;

/// <summary>
/// Waits for a value that another process creates: reads again and again, for all callers of this process, until the value is there,
/// the lease is free, or it has waited long enough.
/// </summary>
internal sealed class LeasePoll(
    CreationBroker broker, CreationRun run, LeaseCommands commands, UnusedLeases unused, PendingCreations creations, TimeProvider time)
{
    // A lease that a read of this process has won for nobody is free after two round trips.
    private const int LooksAtOnce = 4;

    /// <summary>Waits.</summary>
    /// <param name="creation">Who waits.</param>
    /// <param name="plan">How the value is made, if it comes to that.</param>
    /// <param name="since">Since when they have been waiting.</param>
    [AsyncMethodBuilder(typeof(CallMethodBuilder))]
    public async ValueTask RunAsync<T>(PendingCreation<T> creation, CreationPlan<T> plan, long since)
    {
        if (await PollAsync(creation, plan, since).ConfigureAwait(false) is not { } read)
        {
            // What is created now is fenced by the lease of the one who is late: whoever stores first wins.
            if (creations.TryClaim(creation))
            {
                await run.RunAsync(new ClaimedCreation<T>(creation, plan, new LeaseRead<T> { Lease = creation.Lease })).ConfigureAwait(false);
            }
        }
        else if (read.IsUsable(plan.Options.Stale > TimeSpan.Zero))
        {
            creations.End(creation);
            creation.Complete(broker.Take(plan, read));
        }
        else
        {
            await FollowAsync(creation, plan, read, since).ConfigureAwait(false);
        }
    }

    // Null where somebody creates it after all, or it has waited long enough.
    [AsyncMethodBuilder(typeof(CallMethodBuilder<>))]
    private async ValueTask<LeaseRead<T>?> PollAsync<T>(PendingCreation<T> creation, CreationPlan<T> plan, long since)
    {
        using var wait = plan.Telemetry.BeginWait();
        var delay = new PollDelay(time, plan.Options.LeaseWait, since);

        // The first look is at once: who created it may be a caller of this process that ended in between, and a timer needs the thread pool.
        var isDue = true;
        for (var looks = 1; (isDue || await delay.WaitAsync(creation.Abandoned).ConfigureAwait(false)) && !creation.IsClaimed; looks++)
        {
            var returned = unused.Ended;
            var read = await commands.ReadAsync(plan, creation.Abandoned).ConfigureAwait(false);
            read = await broker.RemoveUndecodableAsync(plan, read, creation.Abandoned).ConfigureAwait(false);
            if (read.IsUsable(plan.Options.Stale > TimeSpan.Zero) || !read.IsTaken || read.Lease != creation.Lease)
            {
                return read;
            }

            isDue = looks < LooksAtOnce && (unused.AreUnderWay || unused.Ended != returned);
        }

        return null;
    }

    // The item is not the one any more that was waited for: this is what a caller would do who came now.
    [AsyncMethodBuilder(typeof(CallMethodBuilder))]
    private async ValueTask FollowAsync<T>(PendingCreation<T> creation, CreationPlan<T> plan, LeaseRead<T> read, long since)
    {
        var next = broker.JoinOrStart(plan, read, since, out _);
        try
        {
            if (next != creation)
            {
                // Null: nobody waits any more.
                var result = await next.WaitAsync(Timeout.InfiniteTimeSpan, time, creation.Abandoned).ConfigureAwait(false);
                creations.End(creation);
                creation.SetResult(result ?? CacheValue<T>.Miss);
            }
        }
        finally
        {
            creations.Leave(next);
        }
    }
}
