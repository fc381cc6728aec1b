using System.Runtime.CompilerServices;
using TypedCache.Pool;
using TypedCache.Protocol;
using TypedCache.Transport;
using TypedCache.Values;

namespace TypedCache.Creation;

/// <summary>
/// Where servers are in zones, one client in the fleet creates a value: the one that wins the lease in the key's home zone. Another zone
/// gets its copy from there, under a placeholder of its own that it has taken before: a delete, which goes to the home zone first and then
/// to the others, removes the copy or that placeholder.
/// </summary>
internal sealed class HomeZone(LeaseCommands commands, TimeProvider time)
{
    /// <summary>Reads the value in the home zone, or wins the lease there, or waits for the one who has it.</summary>
    /// <param name="claim">The creation, which has been claimed under a lease of another zone. Any other is left as it is.</param>
    /// <returns>The creation, with what the home zone says.</returns>
    [AsyncMethodBuilder(typeof(CallMethodBuilder<>))]
    public async ValueTask<ClaimedCreation<T>> AskAsync<T>(ClaimedCreation<T> claim)
    {
        var plan = claim.Plan;
        if (!plan.Router.HasZones || claim.Pending.Lease.Server is not { } holder || plan.Router.FindSecond(plan.Key, holder) is not { } home)
        {
            return claim;
        }

        var read = await ReadAsync(claim, home).ConfigureAwait(false);
        var hasCopy = read.HasValue && (read.Marks == LeaseMarks.None || (!read.HasWon && MayBeStale(claim)));

        // The create function, or whoever waits for the value, must not hold up the thread that brought the reply.
        await HandOver.Shared.SwitchAsync();
        return claim with { Home = new HomeRead<T>(read, hasCopy) };
    }

    /// <summary>Stores what was created in the home zone too.</summary>
    /// <returns>False if something has happened to it there meanwhile: then it is stored nowhere.</returns>
    [AsyncMethodBuilder(typeof(CallMethodBuilder<>))]
    public async ValueTask<bool> StoreAsync<T>(ClaimedCreation<T> claim, CacheItem<T> item)
    {
        if (!claim.Home.IsFilled)
        {
            return true;
        }

        bool? isStored = null;
        try
        {
            isStored = await commands.FillAsync(claim.Plan, claim.Home.Read.Lease, item).ConfigureAwait(false);
        }
        catch (ValueTooLargeException)
        {
            // The other zone says so too. What it would have replaced is too old.
            await ReleaseAsync(claim).ConfigureAwait(false);
            return true;
        }

        if (isStored != true)
        {
            await GiveBackAsync(claim).ConfigureAwait(false);
        }

        return isStored != false;
    }

    /// <summary>Removes what would have been replaced, or the placeholder, in the home zone.</summary>
    [AsyncMethodBuilder(typeof(CallMethodBuilder))]
    public async ValueTask ReleaseAsync<T>(ClaimedCreation<T> claim)
    {
        if (claim.Home.IsFilled && claim.Home.Read.HasWon)
        {
            await commands.ReleaseAsync(claim.Plan.Key, claim.Home.Read.Lease).ConfigureAwait(false);
        }
    }

    /// <summary>Gives up: keeps a stale value in the home zone for a while, or gives the lease back.</summary>
    [AsyncMethodBuilder(typeof(CallMethodBuilder))]
    public async ValueTask GiveUpAsync<T>(ClaimedCreation<T> claim)
    {
        var read = claim.Home.Read;
        var isKept = claim.Home.IsFilled && read.HasWon
            ? await commands.KeepAsync(claim.Plan, read.Lease, read).ConfigureAwait(false)
            : null;
        if (isKept != true)
        {
            await GiveBackAsync(claim).ConfigureAwait(false);
        }
    }

    private static bool MayBeStale<T>(ClaimedCreation<T> claim) =>
        claim.Plan.Options.Stale > TimeSpan.Zero && !claim.Read.IsUsable(staleToo: true);

    [AsyncMethodBuilder(typeof(CallMethodBuilder))]
    private async ValueTask GiveBackAsync<T>(ClaimedCreation<T> claim)
    {
        if (claim.Home is { IsFilled: true, Read: { HasWon: true } read })
        {
            await commands.GiveBackAsync(claim.Plan.Key, read.Lease, read.HasValue).ConfigureAwait(false);
        }
    }

    // Whoever has waited long enough creates as well, fenced by the lease of the one who is late.
    [AsyncMethodBuilder(typeof(CallMethodBuilder<>))]
    private async ValueTask<LeaseRead<T>> ReadAsync<T>(ClaimedCreation<T> claim, MemcachedServer home)
    {
        var plan = claim.Plan;
        var delay = new PollDelay(time, plan.Options.LeaseWait, time.GetTimestamp());
        while (true)
        {
            var read = await commands.ReadAtAsync(plan, home).ConfigureAwait(false);
            if (read is { IsUndecodable: true, Marks: LeaseMarks.None, Lease.IsReal: true })
            {
                // Whoever wins the lease then replaces it.
                await commands.ReleaseAsync(plan.Key, read.Lease).ConfigureAwait(false);
            }
            else if (!read.IsTaken || (read.HasValue && MayBeStale(claim)))
            {
                return read;
            }

            if (!await delay.WaitAsync(claim.Pending.Abandoned).ConfigureAwait(false))
            {
                return read;
            }
        }
    }
}
