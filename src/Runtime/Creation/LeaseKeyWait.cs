using System.Runtime.CompilerServices;
using TypedCache.Transport;

namespace TypedCache.Creation;

/// <summary>Takes lease keys for creations, or waits for the values of those who have them.</summary>
internal sealed class LeaseKeyWait(LeaseKeys keys, LeaseCommands commands, CreationRun run, PendingCreations creations, TimeProvider time)
{
    /// <summary>Brings a value: creates it under the lease key, or waits for the one who does.</summary>
    /// <param name="claim">The creation, which has been claimed.</param>
    /// <param name="since">Since when the caller has been waiting.</param>
    [AsyncMethodBuilder(typeof(CallMethodBuilder))]
    public async ValueTask RunAsync<T>(ClaimedCreation<T> claim, long since)
    {
        if (!await TryTakeAsync(claim).ConfigureAwait(false) && await HasComeAsync(claim, since).ConfigureAwait(false))
        {
            return;
        }

        if (!claim.Pending.OwnsLease && claim.Pending.Abandoned.IsCancellationRequested)
        {
            creations.End(claim.Pending);
            return;
        }

        // Whoever had the lease before may have stored the value since it was looked for.
        if (!claim.Pending.OwnsLease || !await TryReadAsync(claim).ConfigureAwait(false))
        {
            await run.RunAsync(claim).ConfigureAwait(false);
        }
    }

    // False where the lease is taken in the end, or it has waited long enough.
    [AsyncMethodBuilder(typeof(CallMethodBuilder<>))]
    private async ValueTask<bool> HasComeAsync<T>(ClaimedCreation<T> claim, long since)
    {
        using var wait = claim.Plan.Telemetry.BeginWait();
        var delay = new PollDelay(time, claim.Plan.Options.LeaseWait, since);
        while (await delay.WaitAsync(claim.Pending.Abandoned).ConfigureAwait(false))
        {
            if (await TryReadAsync(claim).ConfigureAwait(false))
            {
                return true;
            }

            if (await TryTakeAsync(claim).ConfigureAwait(false))
            {
                return false;
            }
        }

        return false;
    }

    /// <summary>Takes the lease keys that are free.</summary>
    /// <returns>Those that were taken, and the others.</returns>
    [AsyncMethodBuilder(typeof(CallMethodBuilder<>))]
    public async ValueTask<(List<ClaimedCreation<T>> Taken, List<ClaimedCreation<T>> Others)> TakeAsync<T>(IReadOnlyList<ClaimedCreation<T>> claims)
    {
        var taken = new List<ClaimedCreation<T>>();
        var others = new List<ClaimedCreation<T>>();
        var attempts = claims.Select(claim => TryTakeAsync(claim)).ToArray();
        for (var i = 0; i < claims.Count; i++)
        {
            (await attempts[i].ConfigureAwait(false) ? taken : others).Add(claims[i]);
        }

        return (taken, others);
    }

    [AsyncMethodBuilder(typeof(CallMethodBuilder<>))]
    private async ValueTask<bool> TryTakeAsync<T>(ClaimedCreation<T> claim)
    {
        var isTaken = await keys.TakeAsync(claim.Plan).ConfigureAwait(false);
        claim.Pending.LeaseKeyRouter = claim.Plan.Router;
        claim.Pending.OwnsLease = isTaken == true;
        return isTaken != false;
    }

    [AsyncMethodBuilder(typeof(CallMethodBuilder<>))]
    private async ValueTask<bool> TryReadAsync<T>(ClaimedCreation<T> claim)
    {
        var read = await commands.ReadAsync(claim.Plan, CancellationToken.None).ConfigureAwait(false);
        if (!read.HasValue)
        {
            return false;
        }

        if (creations.TryTakeLease(claim.Pending))
        {
            await keys.ReturnAsync(claim.Plan.Key, claim.Plan.Router).ConfigureAwait(false);
        }

        creations.End(claim.Pending);
        claim.Pending.Complete(read.Value!);
        return true;
    }
}
