using System.Runtime.CompilerServices;
using TypedCache.Pool;
using TypedCache.Pool.Moves;
using TypedCache.Pool.Operations;
using TypedCache.Protocol;
using TypedCache.Telemetry;
using TypedCache.Transport;
using TypedCache.Values;

namespace TypedCache.Creation;

/// <summary>
/// One audit: reads the value, runs the create function, and compares. It writes nothing. What has happened to the key since the value was
/// read is no forgotten invalidation.
/// </summary>
internal sealed class AuditRun<T>(CreationBroker broker, CreationPlan<T> plan)
{
    // Whoever changes the source invalidates afterwards: for so long a difference may be one that is about to end.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);

    private readonly Auditor _auditor = broker.Auditor;

    /// <summary>Audits.</summary>
    [AsyncMethodBuilder(typeof(CallMethodBuilder<>))]
    public async ValueTask<AuditOutcome> RunAsync()
    {
        // While a key moves, two servers may have its value.
        var stored = MovedReads.FindSource(plan.Router, plan.Key) is null ? await ReadAsync().ConfigureAwait(false) : default;
        if (!stored.Found || (ulong)stored.Cas == 0 || !stored.IsFresh(plan.Options.StaleSeconds))
        {
            return AuditOutcome.Void;
        }

        // The create function must not hold up the thread that brought the value.
        await HandOver.Shared.SwitchAsync();
        var item = await CreateAsync().ConfigureAwait(false);
        if (item is { } created)
        {
            if (!created.IsCached)
            {
                return AuditOutcome.Void;
            }

            if (plan.IsSame(_auditor.Pipeline, stored.Value, created.Value))
            {
                return AuditOutcome.Match;
            }
        }

        if (!await IsStillThereAsync(stored).ConfigureAwait(false))
        {
            return AuditOutcome.Void;
        }

        plan.Telemetry.Differs(AgeOf(stored, item));
        return AuditOutcome.Mismatch;
    }

    [AsyncMethodBuilder(typeof(CallMethodBuilder<>))]
    private async ValueTask<NearRead<T>> ReadAsync()
    {
        try
        {
            return await Send(Verb.GetNear, cas: default).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is MemcachedException or CacheValueException)
        {
            return default;
        }
    }

    [AsyncMethodBuilder(typeof(CallMethodBuilder<>))]
    private async ValueTask<CacheItem<T>?> CreateAsync()
    {
        using var limit = new CancellationTokenSource(plan.Options.LeaseTime, _auditor.Time);
        using var ended = _auditor.Ended.UnsafeRegister(static limit => _ = ((CancellationTokenSource)limit!).CancelAsync(), limit);
        broker.EnterScope(plan.Key);
        var span = plan.Telemetry.BeginAudit();
        try
        {
            return await plan.CreateUnstoredAsync(limit.Token).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            Spans.Fail(span, exception);
            throw;
        }
        finally
        {
            Spans.Stop(span);
        }
    }

    [AsyncMethodBuilder(typeof(CallMethodBuilder<>))]
    private async ValueTask<bool> IsStillThereAsync(NearRead<T> stored)
    {
        await new CallWaiter<bool>().WaitAsync(Grace, _auditor.Time, _auditor.Ended).ConfigureAwait(false);
        if (_auditor.Ended.IsCancellationRequested)
        {
            return false;
        }

        try
        {
            var now = await Send(Verb.InspectItem, stored.Cas).ConfigureAwait(false);
            return now is { Code: ReplyCode.Unchanged, Marks: LeaseMarks.None } && await plan.HoldsAsync(stored.Value!).ConfigureAwait(false);
        }
        catch (MemcachedException)
        {
            return false;
        }
    }

    private ValueTask<NearRead<T>> Send(Verb verb, CasToken cas)
    {
        var operation = OperationPool<ReadOperation<T>>.Rent();
        operation.Begin(verb, plan.Key, plan.Template);
        operation.Decode(plan.Codec, _auditor.Pipeline);
        operation.Request.WantsCas = true;
        if (verb == Verb.InspectItem)
        {
            operation.Compare(cas);
        }

        var read = operation.AsNearRead();
        _auditor.Sender.Send(operation, plan.Router, CancellationToken.None);
        return read;
    }

    // Null: nobody can say. What a spare has lives for another time than it was stored for.
    private TimeSpan? AgeOf(NearRead<T> stored, CacheItem<T>? item) =>
        stored is { TimeLeft: { } left and not Reply.Forever, Server.IsSpare: false } && plan.LifeOf(item) is { } life && life >= left
            ? TimeSpan.FromSeconds(life - left)
            : null;
}
