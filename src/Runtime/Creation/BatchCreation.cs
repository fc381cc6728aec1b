using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using TypedCache.Pool;
using TypedCache.Protocol;
using TypedCache.Telemetry;
using TypedCache.Transport;
using TypedCache.Values;

namespace TypedCache.Creation;

/// <summary>
/// One get-or-create operation for many keys: reads all, creates those together whose leases it has won, and waits for the others.
/// </summary>
internal sealed class BatchCreation<TKey, T>(
    CreationBroker broker,
    LeaseCommands commands,
    Func<IReadOnlyList<TKey>, CancellationToken, ValueTask<IReadOnlyDictionary<TKey, T>>> create,
    ICacheCodec<T> codec,
    GetOrCreateOptions options,
    CacheExpiry? expires,
    int expectedKeys,
    CreationTelemetry telemetry,
    IBatchCheck<TKey, T>? check = null)
    where TKey : notnull
{
    // A value that is too old again and again comes from a server that does not do what it is asked.
    private const int MaxChecks = 5;

    private readonly Dictionary<TKey, T> _found = new(expectedKeys);
    private readonly List<LeaseBatch<TKey, T>.KeyRead> _again = [];
    private readonly OperationRouter _router = commands.Router;
    private LeaseBatch<TKey, T>? _batch;
    private ExceptionDispatchInfo? _failure;
    private KeyCounts _counts;
    private int _keyCount;
    private int _checks;

    /// <summary>Begins to read; what is returned takes the keys.</summary>
    public LeaseBatch<TKey, T> Begin() => _batch = commands.BeginBatch(_router, codec, options, _found, telemetry.Template, takesNone: check is not null);

    /// <summary>Gets the values.</summary>
    /// <param name="cancellationToken">Ends this caller's waiting.</param>
    [AsyncMethodBuilder(typeof(CallMethodBuilder<>))]
    public async ValueTask<Dictionary<TKey, T>> RunAsync(CancellationToken cancellationToken)
    {
        _keyCount = _batch?.KeyCount ?? 0;
        telemetry.Pool.RecordBatch(telemetry.Template, _keyCount);
        var record = telemetry.Pool.Begin(CallKind.GetOrCreateMany, telemetry.Template);
        try
        {
            await GetAllAsync(record.Span, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (record.FailBatch(exception, _keyCount))
        {
            throw;
        }

        record.EndBatch(_counts);
        return _found;
    }

    [AsyncMethodBuilder(typeof(CallMethodBuilder))]
    private async ValueTask GetAllAsync(Activity? callSpan, CancellationToken cancellationToken)
    {
        var since = broker.Now;
        var batch = _batch!;
        await ReadAsync(batch, cancellationToken).ConfigureAwait(false);
        _counts.Successes = batch.Hits;
        Audit(batch);
        if (batch.Others.Count == 0 && _again.Count == 0)
        {
            return;
        }

        var span = telemetry.BeginResolution(CallKind.GetOrCreateMany, callSpan);
        try
        {
            await ResolveAsync(batch, since, span, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (span.Fail(exception))
        {
            throw;
        }
        finally
        {
            span.End();
        }
    }

    // What others create and do not find is asked for again.
    [AsyncMethodBuilder(typeof(CallMethodBuilder))]
    private async ValueTask ResolveAsync(LeaseBatch<TKey, T>? batch, long since, ResolutionSpan span, CancellationToken cancellationToken)
    {
        for (var isFirst = true; batch is not null; isFirst = false)
        {
            if (!isFirst)
            {
                await ReadAsync(batch, cancellationToken).ConfigureAwait(false);
            }

            _batch = null;
            ReadAgain();
            if (batch.Others.Count > 0)
            {
                var planned = await PlanAsync(batch.Others, cancellationToken).ConfigureAwait(false);
                var counts = _counts;
                var waiters = JoinOrStart(planned, since);
                _counts = isFirst ? _counts : counts;
                await WaitAsync(waiters, span, cancellationToken).ConfigureAwait(false);
            }

            batch = _batch;
        }
    }

    [AsyncMethodBuilder(typeof(CallMethodBuilder))]
    private async ValueTask ReadAsync(LeaseBatch<TKey, T> batch, CancellationToken cancellationToken)
    {
        try
        {
            await batch.ReadAsync(cancellationToken).ConfigureAwait(false);
            if (check is not null)
            {
                await CheckAsync(batch, check, cancellationToken).ConfigureAwait(false);
            }
        }
        catch
        {
            foreach (var (_, key, read) in batch.Others)
            {
                await broker.GiveBackAsync(key, read).ConfigureAwait(false);
            }

            throw;
        }
    }

    // Values that turn out to be too old are removed and asked for again.
    [AsyncMethodBuilder(typeof(CallMethodBuilder))]
    private async ValueTask CheckAsync(LeaseBatch<TKey, T> batch, IBatchCheck<TKey, T> check, CancellationToken cancellationToken)
    {
        var values = batch.Others.FindAll(static read => read.Read.HasValue);
        if (values.Count == 0)
        {
            return;
        }

        var states = await check.CheckAsync(values, cancellationToken).ConfigureAwait(false);
        var others = batch.Others.FindAll(static read => !read.Read.HasValue);
        var removals = new List<ValueTask<bool?>>();
        for (var i = 0; i < states.Length; i++)
        {
            if (Sort(values[i], states[i], batch, check) is not { } read)
            {
                continue;
            }

            if (IsToRemove(read.Read, states[i]))
            {
                removals.Add(commands.RemoveAsync(NewPlan(read.Item, read.Key), read.Read.Lease));
                _again.Add(read);
            }
            else
            {
                others.Add(read);
            }
        }

        batch.Others = others;
        _counts.Failures += _checks++ == 0 ? removals.Count : 0;
        foreach (var removal in removals)
        {
            await removal.ConfigureAwait(false);
        }
    }

    private bool IsToRemove(LeaseRead<T> read, ReadState state) =>
        state != ReadState.Good && !MayBeStale(read, state) && read.Lease.IsReal && read.IsUsable(options.Stale > TimeSpan.Zero);

    private bool MayBeStale(LeaseRead<T> read, ReadState state) =>
        state == ReadState.Stale && options.Stale > TimeSpan.Zero && read.Lease.IsReal && (read.Marks != LeaseMarks.None || LeaseCommands.KnowsStale(read.Lease));

    // Null: it has been given out.
    private LeaseBatch<TKey, T>.KeyRead? Sort(LeaseBatch<TKey, T>.KeyRead read, ReadState state, LeaseBatch<TKey, T> batch, IBatchCheck<TKey, T> check)
    {
        var (item, key, value) = read;
        if (state == ReadState.Unknown || (_checks >= MaxChecks && IsToRemove(value, state)))
        {
            _ = broker.GiveBackAsync(key, value).AsTask();
            return read with { Read = LeaseRead<T>.Unreachable };
        }

        if (state != ReadState.Good && !MayBeStale(value, state))
        {
            // Without a CAS number it is replaced by whoever takes the lease key.
            return value.Lease.IsReal ? read : read with { Read = new LeaseRead<T> { Lease = value.Lease } };
        }

        if (value.Marks != LeaseMarks.None)
        {
            return read with { Read = value with { Value = check.Accept(value.Value!) } };
        }

        _found[item] = check.Accept(value.Value!);
        if (state == ReadState.Good)
        {
            batch.NoteHit(item, key);
        }
        else
        {
            _counts.Stale++;
            broker.RefreshInvalidated(NewPlan(item, key), value.Lease);
        }

        return null;
    }

    private void ReadAgain()
    {
        foreach (var (item, key, _) in _again)
        {
            (_batch ?? Begin()).Add(item, key);
        }

        _again.Clear();
    }

    private void Audit(LeaseBatch<TKey, T> batch)
    {
        if (batch.Audited is { } audited)
        {
            foreach (var (item, key, _) in audited)
            {
                options.Sampling!.Begin(broker, NewPlan(item, key));
            }
        }
    }

    private BatchPlan<TKey, T> NewPlan(TKey item, byte[] key) => new(item, key, _router, create, codec, options, expires, telemetry, check);

    // Each key is seen to even when one before it failed: its lease would go on for nobody.
    [AsyncMethodBuilder(typeof(CallMethodBuilder<>))]
    private async ValueTask<List<(BatchPlan<TKey, T> Plan, LeaseRead<T> Read)>> PlanAsync(
        List<LeaseBatch<TKey, T>.KeyRead> others, CancellationToken cancellationToken)
    {
        var planned = new List<(BatchPlan<TKey, T> Plan, LeaseRead<T> Read)>(others.Count);
        ExceptionDispatchInfo? failure = null;
        foreach (var (item, key, read) in others)
        {
            var plan = NewPlan(item, key);
            try
            {
                planned.Add((plan, await broker.RemoveUndecodableAsync(plan, read, cancellationToken).ConfigureAwait(false)));
            }
            catch (Exception exception)
            {
                failure ??= ExceptionDispatchInfo.Capture(exception);
            }
        }

        if (failure is not null)
        {
            foreach (var (plan, read) in planned)
            {
                await broker.GiveBackAsync(plan.Key, read).ConfigureAwait(false);
            }

            failure.Throw();
        }

        return planned;
    }

    private List<Waiter> JoinOrStart(List<(BatchPlan<TKey, T> Plan, LeaseRead<T> Read)> planned, long since)
    {
        var waiters = new List<Waiter>();
        var waitedFor = new HashSet<TKey>();
        var missing = new List<ClaimedCreation<T>>();
        var stale = new List<ClaimedCreation<T>>();
        foreach (var (plan, read) in planned)
        {
            try
            {
                if (read.IsUsable(plan.Options.Stale > TimeSpan.Zero))
                {
                    TakeFound(plan, read, stale);
                }
                else if (waitedFor.Add(plan.Item))
                {
                    // A key may come twice. Who reads it first has won its lease, if anybody has.
                    _counts.Failures++;
                    waiters.Add(JoinMissing(plan, read, since, missing));
                }
            }
            catch (Exception exception)
            {
                // What others have joined already goes on.
                _failure ??= ExceptionDispatchInfo.Capture(exception);
                _ = broker.GiveBackAsync(plan.Key, read).AsTask();
            }
        }

        Start(missing);
        Start(stale);
        return waiters;
    }

    private void TakeFound(BatchPlan<TKey, T> plan, LeaseRead<T> read, List<ClaimedCreation<T>> stale)
    {
        if (read.Marks == LeaseMarks.None)
        {
            _counts.Successes++;
        }
        else
        {
            _counts.Stale++;
        }

        _found[plan.Item] = read.Value!;
        if (broker.IsRefreshDue(plan.Key, read, plan.Options))
        {
            JoinStale(plan, read, stale);
        }
    }

    private Waiter JoinMissing(BatchPlan<TKey, T> plan, LeaseRead<T> read, long since, List<ClaimedCreation<T>> claimed)
    {
        if (broker.WouldWaitForItself(plan, read))
        {
            return new Waiter(plan, null, IsNew: false, IsOwn: true);
        }

        var creation = broker.Join(plan, read, out var isNew);
        var isOwn = broker.TryClaim(creation, read);
        if (isOwn)
        {
            claimed.Add(new ClaimedCreation<T>(creation, plan, read));
        }
        else if (isNew)
        {
            broker.Poll(creation, plan, since);
        }

        return new Waiter(plan, creation, isNew, isOwn);
    }

    private void JoinStale(BatchPlan<TKey, T> plan, LeaseRead<T> read, List<ClaimedCreation<T>> claimed)
    {
        if (!read.HasWon)
        {
            broker.Refresh(plan, read);
            return;
        }

        var creation = broker.Join(plan, read, out _);
        if (broker.TryClaim(creation, read))
        {
            claimed.Add(new ClaimedCreation<T>(creation, plan, read));
        }
    }

    private void Start(List<ClaimedCreation<T>> claims)
    {
        if (claims.Count > 0)
        {
            broker.StartMany(claims, CreateAsync);
        }
    }

    [AsyncMethodBuilder(typeof(CallMethodBuilder<>))]
    private async ValueTask<IReadOnlyList<CacheItem<T>?>> CreateAsync(IReadOnlyList<ClaimedCreation<T>> claims, CancellationToken cancellationToken)
    {
        BatchPlan<TKey, T>[] plans = [.. claims.Select(claim => (BatchPlan<TKey, T>)claim.Plan)];
        var created = await create([.. plans.Select(plan => plan.Item)], cancellationToken).ConfigureAwait(false);
        return Array.ConvertAll(plans, plan => plan.Find(created));
    }

    // What somebody else created, and found nothing, has to be asked for again.
    [AsyncMethodBuilder(typeof(CallMethodBuilder))]
    private async ValueTask WaitAsync(List<Waiter> waiters, ResolutionSpan span, CancellationToken cancellationToken)
    {
        var failure = _failure;
        foreach (var waiter in waiters)
        {
            try
            {
                var result = waiter.Creation is { } creation
                    ? await broker.WaitAsync(waiter.Plan, creation, waiter.IsNew, cancellationToken).ConfigureAwait(false)
                    : await CreationRun.CreateUnsharedAsync(waiter.Plan, cancellationToken).ConfigureAwait(false);
                if (waiter is { IsOwn: false, Creation: { } others })
                {
                    span.LinkTo(others.Trace);
                }

                if (result.Found)
                {
                    _found[waiter.Plan.Item] = result.Value!;
                }
                else if (!waiter.IsOwn)
                {
                    (_batch ?? Begin()).Add(waiter.Plan.Item, waiter.Plan.Key);
                }
            }
            catch (Exception exception)
            {
                failure ??= ExceptionDispatchInfo.Capture(exception);
            }
        }

        // Whoever brought the last value has other things to do than what the caller does next.
        if (waiters.Count > 0)
        {
            await HandOver.Shared.SwitchAsync();
        }

        failure?.Throw();
    }

    /// <summary>One key that is waited for.</summary>
    private readonly record struct Waiter(BatchPlan<TKey, T> Plan, PendingCreation<T>? Creation, bool IsNew, bool IsOwn);
}
