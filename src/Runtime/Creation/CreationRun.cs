using System.Runtime.CompilerServices;
using TypedCache.Pool;
using TypedCache.Telemetry;
using TypedCache.Transport;
using TypedCache.Values;

namespace TypedCache.Creation;

/// <summary>Runs create functions for creations that were claimed for them, and stores what they give.</summary>
internal sealed class CreationRun(LeaseCommands commands, LeaseKeys leaseKeys, HomeZone home, PendingCreations creations)
{
    /// <summary>Creates a value for one caller alone; it is not stored.</summary>
    /// <returns>The value, or a miss where the function said nothing of the key.</returns>
    [AsyncMethodBuilder(typeof(CallMethodBuilder<>))]
    public static async ValueTask<CacheValue<T>> CreateUnsharedAsync<T>(CreationPlan<T> plan, CancellationToken cancellationToken)
    {
        await HandOver.Shared.SwitchAsync();
        var record = plan.Telemetry.BeginCreate(CreationTrigger.Miss);
        CacheItem<T>? item;
        try
        {
            item = await plan.CreateAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            record.Fail(plan.Options.LeaseTime, exception, cancellationToken.IsCancellationRequested);
            throw;
        }

        record.End(plan.Options.LeaseTime);
        plan.Telemetry.Count(CreationTrigger.Miss, CreationOutcome.NotCached);
        return ToValue(item);
    }

    /// <summary>Creates, stores and hands out one value.</summary>
    /// <param name="claim">The creation, which has been claimed.</param>
    [AsyncMethodBuilder(typeof(CallMethodBuilder))]
    public async ValueTask RunAsync<T>(ClaimedCreation<T> claim)
    {
        if (MayMove(claim) && await TryMoveAsync(claim).ConfigureAwait(false))
        {
            return;
        }

        CreationScope.Enter(creations, claim.Plan.Key);
        claim = await home.AskAsync(claim).ConfigureAwait(false);
        if (claim.Home.HasCopy)
        {
            await FinishCopyAsync(claim).ConfigureAwait(false);
            return;
        }

        var record = claim.Plan.Telemetry.BeginCreate(claim.Trigger);
        claim.Pending.Trace = record.Context;
        CacheItem<T>? item;
        try
        {
            item = await claim.Plan.CreateAsync(claim.Pending.Abandoned).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            record.Fail(claim.Plan.Options.LeaseTime, exception, claim.Pending.Abandoned.IsCancellationRequested);
            await GiveUpAsync(claim, exception).ConfigureAwait(false);
            return;
        }

        record.End(claim.Plan.Options.LeaseTime);
        await FinishAsync(claim, item).ConfigureAwait(false);
    }

    /// <summary>
    /// Gives back the lease of a creation, or its lease key, which the caller has taken from it. The creation may go on for nobody: what it
    /// creates is not stored any more.
    /// </summary>
    public ValueTask GiveBackAsync(PendingCreation creation) => creation.Lease.IsReal
        ? DropResultAsync(commands.GiveBackAsync(creation.Key.Key, creation.Lease, creation.ReplacesValue))
        : leaseKeys.ReturnAsync(creation.Key.Key, creation.LeaseKeyRouter!);

    /// <summary>Creates many values with one call, stores them together, and hands them out.</summary>
    /// <param name="claims">The creations, which have been claimed.</param>
    /// <param name="create">Creates the values of the claims, in their order; null for one that is not there.</param>
    [AsyncMethodBuilder(typeof(CallMethodBuilder))]
    public async ValueTask RunManyAsync<T>(IReadOnlyList<ClaimedCreation<T>> claims, CreateMany<T> create)
    {
        claims = await MoveAsync(claims).ConfigureAwait(false);
        if (claims.Count == 0)
        {
            return;
        }

        foreach (var claim in claims)
        {
            CreationScope.Enter(creations, claim.Plan.Key);
        }

        claims = await TakeCopiesAsync(claims).ConfigureAwait(false);
        if (claims.Count == 0)
        {
            return;
        }

        using var abandoned = new AbandonedTogether(claims.Select(claim => claim.Pending));

        // They are of one call, and for one reason.
        var plan = claims[0].Plan;
        var record = plan.Telemetry.BeginCreate(claims[0].Trigger, claims.Count);
        foreach (var claim in claims)
        {
            claim.Pending.Trace = record.Context;
        }

        IReadOnlyList<CacheItem<T>?> items;
        try
        {
            items = await create(claims, abandoned.Token).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            record.Fail(plan.Options.LeaseTime, exception, abandoned.Token.IsCancellationRequested, claims.Count);
            await TogetherAsync(claims, (claim, _) => GiveUpAsync(claim, exception)).ConfigureAwait(false);
            return;
        }

        record.End(plan.Options.LeaseTime);
        await TogetherAsync(claims, (claim, position) => FinishAsync(claim, items[position])).ConfigureAwait(false);
    }

    // A stale value that is there already is newer than what is left elsewhere.
    private static bool MayMove<T>(ClaimedCreation<T> claim) =>
        claim.Plan.Router.Moves is { Source: not null } && !claim.Read.HasValue && (claim.Read.HasWon || claim.Pending.Lease == Lease.Unknown);

    // The value may still be where its key was before: then it moves, and is not created.
    [AsyncMethodBuilder(typeof(CallMethodBuilder<>))]
    private async ValueTask<bool> TryMoveAsync<T>(ClaimedCreation<T> claim)
    {
        var value = await commands.MoveAsync(claim.Plan, claim.Pending.Lease).ConfigureAwait(false);
        if (!value.Found)
        {
            return false;
        }

        if (claim.Pending.Lease == Lease.Unknown)
        {
            await ReturnLeaseKeyAsync(claim.Pending).ConfigureAwait(false);
        }
        else
        {
            creations.TryTakeLease(claim.Pending);
        }

        creations.End(claim.Pending);
        claim.Pending.SetResult(value);
        return true;
    }

    // Those that are left have to be created.
    [AsyncMethodBuilder(typeof(CallMethodBuilder<>))]
    private async ValueTask<IReadOnlyList<ClaimedCreation<T>>> MoveAsync<T>(IReadOnlyList<ClaimedCreation<T>> claims)
    {
        if (!claims.Any(MayMove))
        {
            return claims;
        }

        var left = new bool[claims.Count];
        await TogetherAsync(claims, (claim, position) => MoveAsync(claim, left, position)).ConfigureAwait(false);
        return [.. claims.Where((_, position) => left[position])];
    }

    [AsyncMethodBuilder(typeof(CallMethodBuilder))]
    private async ValueTask MoveAsync<T>(ClaimedCreation<T> claim, bool[] left, int position) =>
        left[position] = !MayMove(claim) || !await TryMoveAsync(claim).ConfigureAwait(false);

    // The copies of other zones are handed out as soon as all have been asked for; what is left has to be created.
    [AsyncMethodBuilder(typeof(CallMethodBuilder<>))]
    private async ValueTask<IReadOnlyList<ClaimedCreation<T>>> TakeCopiesAsync<T>(IReadOnlyList<ClaimedCreation<T>> claims)
    {
        if (!claims[0].Plan.Router.HasZones)
        {
            return claims;
        }

        var asked = new ClaimedCreation<T>[claims.Count];
        await TogetherAsync(claims, (claim, position) => AskAsync(claim, asked, position)).ConfigureAwait(false);
        await TogetherAsync(Array.FindAll(asked, static claim => claim.Home.HasCopy), (claim, _) => FinishCopyAsync(claim)).ConfigureAwait(false);
        return Array.FindAll(asked, static claim => !claim.Home.HasCopy);
    }

    [AsyncMethodBuilder(typeof(CallMethodBuilder))]
    private async ValueTask AskAsync<T>(ClaimedCreation<T> claim, ClaimedCreation<T>[] asked, int position) =>
        asked[position] = await home.AskAsync(claim).ConfigureAwait(false);

    private static CacheValue<T> ToValue<T>(CacheItem<T>? item) => item is { } created ? new CacheValue<T>(created.Value) : CacheValue<T>.Miss;

    // What each sends first leaves in one send for each server.
    private static ValueTask[] Together<T>(IReadOnlyList<ClaimedCreation<T>> claims, Func<ClaimedCreation<T>, int, ValueTask> work)
    {
        var sends = SendBatch.Begin();
        try
        {
            return [.. claims.Select(work)];
        }
        finally
        {
            sends.End();
        }
    }

    [AsyncMethodBuilder(typeof(CallMethodBuilder))]
    private static async ValueTask TogetherAsync<T>(IReadOnlyList<ClaimedCreation<T>> claims, Func<ClaimedCreation<T>, int, ValueTask> work)
    {
        foreach (var each in Together(claims, work))
        {
            await each.ConfigureAwait(false);
        }
    }

    [AsyncMethodBuilder(typeof(CallMethodBuilder))]
    private async ValueTask FinishAsync<T>(ClaimedCreation<T> claim, CacheItem<T>? item)
    {
        CreationOutcome outcome;
        try
        {
            outcome = await StoreAsync(claim, item).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            // The codec refuses the value.
            claim.Plan.Telemetry.Count(claim.Trigger, CreationOutcome.Failed);
            await GiveUpAsync(claim, exception).ConfigureAwait(false);
            return;
        }

        claim.Plan.Telemetry.Count(claim.Trigger, outcome);
        creations.End(claim.Pending);
        claim.Pending.SetResult(ToValue(item));
    }

    // Nothing was created: the value is that of the home zone.
    [AsyncMethodBuilder(typeof(CallMethodBuilder))]
    private async ValueTask FinishCopyAsync<T>(ClaimedCreation<T> claim)
    {
        var (creation, copied) = (claim.Pending, claim.Home.Read);
        bool? isStored = null;
        try
        {
            isStored = claim.Home.IsStorable ? await commands.CopyAsync(claim.Plan, creation.Lease, copied).ConfigureAwait(false) : null;
        }
        catch (Exception)
        {
            // The codec refuses the value, which the caller gets all the same.
        }

        if (isStored != true && creations.TryTakeLease(creation))
        {
            await commands.GiveBackAsync(claim.Plan.Key, creation.Lease, claim.Read.HasValue).ConfigureAwait(false);
        }

        creations.End(creation);
        creation.Complete(copied.Value!);
    }

    [AsyncMethodBuilder(typeof(CallMethodBuilder<>))]
    private async ValueTask<CreationOutcome> StoreAsync<T>(ClaimedCreation<T> claim, CacheItem<T>? item)
    {
        var (creation, plan) = (claim.Pending, claim.Plan);
        var outcome = CreationOutcome.NotCached;
        if (item is { } created && plan.IsStored(created))
        {
            outcome = await StoreAsync(claim, created).ConfigureAwait(false);
        }
        else
        {
            await home.ReleaseAsync(claim).ConfigureAwait(false);
            await ReleaseAsync(claim).ConfigureAwait(false);
        }

        await ReturnLeaseKeyAsync(creation).ConfigureAwait(false);
        return outcome;
    }

    [AsyncMethodBuilder(typeof(CallMethodBuilder<>))]
    private async ValueTask<CreationOutcome> StoreAsync<T>(ClaimedCreation<T> claim, CacheItem<T> item)
    {
        var (creation, plan) = (claim.Pending, claim.Plan);
        if (creation.Lease.IsReal)
        {
            return await FillAsync(claim, item).ConfigureAwait(false);
        }

        if (creation.Lease != Lease.Unknown)
        {
            return CreationOutcome.NotCached;
        }

        if (creation.IsDetached)
        {
            return CreationOutcome.Superseded;
        }

        return await leaseKeys.StoreAsync(plan, item).ConfigureAwait(false) ? CreationOutcome.Stored : CreationOutcome.NotCached;
    }

    [AsyncMethodBuilder(typeof(CallMethodBuilder<>))]
    private async ValueTask<CreationOutcome> FillAsync<T>(ClaimedCreation<T> claim, CacheItem<T> item)
    {
        var (creation, plan) = (claim.Pending, claim.Plan);
        bool? isStored;
        try
        {
            isStored = await home.StoreAsync(claim, item).ConfigureAwait(false)
                ? await commands.FillAsync(plan, creation.Lease, item).ConfigureAwait(false)
                : false;
        }
        catch (ValueTooLargeException)
        {
            // The callers get it all the same. A server that finds it too large removes what it would have replaced, too.
            await ReleaseAsync(claim).ConfigureAwait(false);
            return CreationOutcome.NotCached;
        }

        if (isStored != true && creations.TryTakeLease(creation))
        {
            // It may still hold: the server refused the value, or the connection was lost that the lease came over.
            await commands.GiveBackAsync(plan.Key, creation.Lease, claim.Read.HasValue).ConfigureAwait(false);
        }

        return isStored switch
        {
            true => CreationOutcome.Stored,
            false => CreationOutcome.Superseded,
            null => CreationOutcome.NotCached,
        };
    }

    // Removes the stale value too, if there is one.
    private ValueTask ReleaseAsync<T>(ClaimedCreation<T> claim) => claim.Pending.Lease.IsReal && creations.TryTakeLease(claim.Pending)
        ? DropResultAsync(commands.ReleaseAsync(claim.Plan.Key, claim.Pending.Lease))
        : ValueTask.CompletedTask;

    [AsyncMethodBuilder(typeof(CallMethodBuilder))]
    private static async ValueTask DropResultAsync(ValueTask<bool?> operation) => await operation.ConfigureAwait(false);

    private ValueTask ReturnLeaseKeyAsync(PendingCreation creation) =>
        creation.Lease == Lease.Unknown && creations.TryTakeLease(creation)
            ? leaseKeys.ReturnAsync(creation.Key.Key, creation.LeaseKeyRouter!)
            : ValueTask.CompletedTask;

    // Somebody else may try at once; where a stale value is kept for safety, after a while.
    [AsyncMethodBuilder(typeof(CallMethodBuilder))]
    private async ValueTask GiveUpAsync<T>(ClaimedCreation<T> claim, Exception exception)
    {
        var (creation, plan, read) = (claim.Pending, claim.Plan, claim.Read);
        await home.GiveUpAsync(claim).ConfigureAwait(false);
        if (creation.Lease.IsReal && creations.TryTakeLease(creation))
        {
            if (await commands.KeepAsync(plan, creation.Lease, read).ConfigureAwait(false) != true)
            {
                await commands.GiveBackAsync(plan.Key, creation.Lease, read.HasValue).ConfigureAwait(false);
            }
        }

        await ReturnLeaseKeyAsync(creation).ConfigureAwait(false);
        creations.Fail(creation, exception);
    }
}
