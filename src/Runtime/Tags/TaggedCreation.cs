using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using TypedCache.Creation;
using TypedCache.Pool;
using TypedCache.Protocol;
using TypedCache.Telemetry;
using TypedCache.Transport;

namespace TypedCache.Tags;

/// <summary>
/// One get-or-create operation of one caller for a value with tags. What the tags say of a value that was read decides whether it is
/// given out, or goes the way of a stale or a missing one: with a lease, so that one caller in the fleet creates it anew.
/// </summary>
internal sealed class TaggedCreation<T>(
    TagCommands commands, TagJudge judge, LeaseCommands leases, CreationBroker broker, CreationPlan<Tagged<T>> plan, byte[][] tags, TagOptions options) : IHelpingCaller
{
    private readonly long _begun = Stopwatch.GetTimestamp();
    private CallResult _result = CallResult.Miss;

    private bool MayBeStale => plan.Options.Stale > TimeSpan.Zero;

    /// <summary>Gets the value.</summary>
    /// <param name="reading">Reads it, or wins the lease.</param>
    /// <param name="versions">Read the versions of the tags.</param>
    /// <param name="record">The caller's call.</param>
    /// <param name="cancellationToken">Ends the caller's waiting.</param>
    [AsyncMethodBuilder(typeof(CallMethodBuilder<>))]
    public async ValueTask<T> RunAsync(ValueTask<LeaseRead<Tagged<T>>> reading, VersionReads versions, CallRecord record, CancellationToken cancellationToken)
    {
        ServerTelemetry? server = null;
        try
        {
            var (read, now) = await BothAsync(reading, versions).ConfigureAwait(false);
            server = read.Lease.Server?.Telemetry;
            var value = await GetAsync(read, now, record.Span, cancellationToken).ConfigureAwait(false);
            record.End(_result, server);
            return value.Value!;
        }
        catch (Exception exception) when (record.Fail(exception, server))
        {
            throw;
        }
    }

    // Without a way to help: what creates the value goes on without its caller's thread.
    void IHelpingCaller.Offer(CreationWork work)
    {
    }

    [AsyncMethodBuilder(typeof(CallMethodBuilder<>))]
    private async ValueTask<(LeaseRead<Tagged<T>> Read, TagVersions? Now)> BothAsync(ValueTask<LeaseRead<Tagged<T>>> reading, VersionReads versions)
    {
        var read = LeaseRead<Tagged<T>>.Unreachable;
        ExceptionDispatchInfo? failure = null;
        try
        {
            read = await reading.ConfigureAwait(false);
        }
        catch (MemcachedException)
        {
            // As if there were no server.
        }
        catch (Exception exception)
        {
            failure = ExceptionDispatchInfo.Capture(exception);
        }

        TagVersions? now = null;
        try
        {
            now = await VersionReads.AwaitAsync(versions).ConfigureAwait(false);
        }
        catch (MemcachedException)
        {
            // Nothing says whether a value still holds.
        }
        catch (Exception exception)
        {
            failure ??= ExceptionDispatchInfo.Capture(exception);
        }

        if (failure is not null)
        {
            await broker.GiveBackAsync(plan.Key, read).ConfigureAwait(false);
            failure.Throw();
        }

        return (read, now);
    }

    [AsyncMethodBuilder(typeof(CallMethodBuilder<>))]
    private async ValueTask<Tagged<T>> GetAsync(LeaseRead<Tagged<T>> read, TagVersions? now, Activity? span, CancellationToken cancellationToken)
    {
        for (var round = 0; round < TagJudge.MaxRounds; round++)
        {
            var verdict = read.HasValue && now is { } known ? await TryJudgeAsync(read.Value, known, cancellationToken).ConfigureAwait(false) : null;
            if (now is null || (read.HasValue && verdict is null))
            {
                // The value is created and not stored.
                await broker.GiveBackAsync(plan.Key, read).ConfigureAwait(false);
                read = LeaseRead<Tagged<T>>.Unreachable;
            }
            else if (verdict is { } certain && IsGivenOut(read, certain))
            {
                return GiveOut(read, certain, isFirst: round == 0);
            }
            else if (verdict is TagVerdict.Invalidated or TagVerdict.Removed && read.IsUsable(MayBeStale))
            {
                if (read.Lease.IsReal)
                {
                    await leases.RemoveAsync(plan, read.Lease).ConfigureAwait(false);
                    read = await leases.ReadAsync(plan, cancellationToken).ConfigureAwait(false);
                    continue;
                }

                // No CAS numbers: it is replaced by whoever takes the lease key.
                read = new LeaseRead<Tagged<T>> { Lease = read.Lease };
            }

            var value = await broker.ResolveAsync(plan, read, this, span, cancellationToken).ConfigureAwait(false);

            // Whoever brought the value has other things to do than what the caller does next.
            await HandOver.Shared.SwitchAsync();
            if (await IsAcceptableAsync(value, now, cancellationToken).ConfigureAwait(false))
            {
                return value;
            }

            now = await TryAskAsync(cancellationToken).ConfigureAwait(false);
            read = await leases.ReadAsync(plan, cancellationToken).ConfigureAwait(false);
        }

        await broker.GiveBackAsync(plan.Key, read).ConfigureAwait(false);
        return (await CreationRun.CreateUnsharedAsync(plan, cancellationToken).ConfigureAwait(false)).Value;
    }

    private bool IsGivenOut(LeaseRead<Tagged<T>> read, TagVerdict verdict) => verdict switch
    {
        TagVerdict.Fresh => read.IsUsable(MayBeStale),
        TagVerdict.Invalidated => MayBeStale && read.Lease.IsReal && (read.Marks != LeaseMarks.None || LeaseCommands.KnowsStale(read.Lease)),
        _ => false,
    };

    private Tagged<T> GiveOut(LeaseRead<Tagged<T>> read, TagVerdict verdict, bool isFirst)
    {
        if (isFirst)
        {
            _result = verdict == TagVerdict.Fresh && read.Marks == LeaseMarks.None ? CallResult.Hit : CallResult.Stale;
        }

        if (verdict == TagVerdict.Invalidated && read.Marks == LeaseMarks.None)
        {
            broker.RefreshInvalidated(plan, read.Lease);
            return read.Value;
        }

        if (isFirst && _result == CallResult.Hit && plan.Options.Sampling is { } sampling && sampling.IsDue())
        {
            sampling.Begin(broker, plan);
        }

        return broker.Take(plan, read);
    }

    // What was begun after this call has seen all that had happened before it, whatever its versions are.
    [AsyncMethodBuilder(typeof(CallMethodBuilder<>))]
    private async ValueTask<bool> IsAcceptableAsync(Tagged<T> value, TagVersions? now, CancellationToken cancellationToken)
    {
        if (value.Begun > _begun)
        {
            return true;
        }

        return value.IsVersioned && await TryJudgeAsync(value, now ?? default, cancellationToken).ConfigureAwait(false) is { } verdict
            && (verdict == TagVerdict.Fresh || (verdict == TagVerdict.Invalidated && MayBeStale));
    }

    // Null: a server of the tags cannot be reached.
    [AsyncMethodBuilder(typeof(CallMethodBuilder<>))]
    private async ValueTask<TagVerdict?> TryJudgeAsync(Tagged<T> value, TagVersions now, CancellationToken cancellationToken)
    {
        try
        {
            return await judge.JudgeAsync(value, tags, now, options.Near, isPlain: false, cancellationToken).ConfigureAwait(false);
        }
        catch (MemcachedException)
        {
            return null;
        }
    }

    [AsyncMethodBuilder(typeof(CallMethodBuilder<>))]
    private async ValueTask<TagVersions?> TryAskAsync(CancellationToken cancellationToken)
    {
        try
        {
            var versions = default(TagVersions);
            foreach (var version in await commands.AskAllAsync(tags, isPlain: false, cancellationToken).ConfigureAwait(false))
            {
                versions.Add(version);
            }

            return versions;
        }
        catch (MemcachedException)
        {
            return null;
        }
    }
}
