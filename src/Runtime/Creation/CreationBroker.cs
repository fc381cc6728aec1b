using System.Diagnostics;
using System.Runtime.CompilerServices;
using TypedCache.Pool;
using TypedCache.Protocol;
using TypedCache.Telemetry;
using TypedCache.Transport;

namespace TypedCache.Creation;

/// <summary>
/// Decides what a caller does who did not find a fresh value: create it, wait for the one who creates it, or take the stale one while
/// somebody refreshes it.
/// </summary>
internal sealed class CreationBroker
{
    private readonly LeaseCommands _commands;
    private readonly TimeProvider _time;
    private readonly PendingCreations _creations = new();
    private readonly RefreshWatch _watch;
    private readonly CreationRun _run;
    private readonly LeasePoll _poll;
    private readonly LeaseKeyWait _leaseKeys;

    public CreationBroker(LeaseCommands commands, UnusedLeases unused, LeaseKeys leaseKeys, Auditor auditor, TimeProvider time)
    {
        Auditor = auditor;
        _commands = commands;
        _time = time;
        _watch = new RefreshWatch(time);
        _run = new CreationRun(commands, leaseKeys, new HomeZone(commands, time), _creations);
        _poll = new LeasePoll(this, _run, commands, unused, _creations, time);
        _leaseKeys = new LeaseKeyWait(leaseKeys, commands, _run, _creations, time);
    }

    /// <inheritdoc cref="PendingCreations.RefreshFailed"/>
    public Action<byte[], Exception> RefreshFailed
    {
        init => _creations.RefreshFailed = value;
    }

    /// <summary>What the audits of hits share.</summary>
    public Auditor Auditor { get; }

    /// <summary>How many callers wait for a value, background refreshes included.</summary>
    public int Waiters => _creations.Waiters;

    /// <summary>Tells whether anything is created, or awaited, under a lease that a server has given.</summary>
    public Func<MemcachedServer, bool> HoldsLeaseOf => _creations.HoldLeaseOf;

    /// <summary>The time, as <see cref="TimeProvider.GetTimestamp"/> tells it.</summary>
    public long Now => _time.GetTimestamp();

    /// <summary>Gets the value for a caller whose read gave none that it can use.</summary>
    /// <param name="plan">How the value is made.</param>
    /// <param name="read">What was read.</param>
    /// <param name="caller">Who waits.</param>
    /// <param name="callSpan">The span of the call, if it has one.</param>
    /// <param name="cancellationToken">Ends the caller's waiting.</param>
    [AsyncMethodBuilder(typeof(CallMethodBuilder<>))]
    public async ValueTask<T> ResolveAsync<T>(CreationPlan<T> plan, LeaseRead<T> read, IHelpingCaller caller, Activity? callSpan, CancellationToken cancellationToken)
    {
        var span = plan.Telemetry.BeginResolution(CallKind.GetOrCreate, callSpan);
        try
        {
            return await ResolveAsync(plan, read, caller, span, cancellationToken).ConfigureAwait(false);
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

    [AsyncMethodBuilder(typeof(CallMethodBuilder<>))]
    private async ValueTask<T> ResolveAsync<T>(CreationPlan<T> plan, LeaseRead<T> read, IHelpingCaller caller, ResolutionSpan span, CancellationToken cancellationToken)
    {
        read = await RemoveUndecodableAsync(plan, read, cancellationToken).ConfigureAwait(false);
        for (var since = Now; !read.IsUsable(plan.Options.Stale > TimeSpan.Zero);)
        {
            if (WouldWaitForItself(plan, read))
            {
                return (await CreationRun.CreateUnsharedAsync(plan, cancellationToken).ConfigureAwait(false)).Value!;
            }

            var creation = JoinOrStart(plan, read, since, out var isNew);
            if (creation.Work is { } work)
            {
                caller.Offer(work);
            }

            var result = await WaitAsync(plan, creation, isNew, cancellationToken).ConfigureAwait(false);
            if (!isNew)
            {
                span.LinkTo(creation.Trace);
            }

            if (result.Found)
            {
                return result.Value!;
            }

            read = await _commands.ReadAsync(plan, cancellationToken).ConfigureAwait(false);
        }

        return Take(plan, read);
    }

    /// <summary>Gives out a value that was read, and has it refreshed where it is this caller's turn.</summary>
    public T Take<T>(CreationPlan<T> plan, LeaseRead<T> read)
    {
        if (IsRefreshDue(plan.Key, read, plan.Options))
        {
            Refresh(plan, read);
        }

        return read.Value!;
    }

    /// <summary>
    /// Whether it is this caller's turn to have a value refreshed: it has won the lease, or whoever did has taken too long. If so,
    /// <see cref="Refresh"/> has to follow.
    /// </summary>
    public bool IsRefreshDue<T>(ReadOnlySpan<byte> key, LeaseRead<T> read, GetOrCreateOptions options)
    {
        try
        {
            return read.HasWon || (read.IsTaken && _watch.IsOverdue(key, read.Lease, options.LeaseTime));
        }
        catch (Exception)
        {
            // An application's clock that fails must not cost its caller the value.
            return false;
        }
    }

    /// <summary>Has a stale value refreshed in the background. It does not throw: its caller has a value.</summary>
    public void Refresh<T>(CreationPlan<T> plan, LeaseRead<T> read)
    {
        try
        {
            if (!read.HasWon)
            {
                TakeOver(plan, read.Lease);
                return;
            }

            // Nobody leaves the creation for the one who waits for it here: the background.
            Begin(plan, read, Now, out _);
        }
        catch (Exception)
        {
            // The pool ends, or the application's clock fails: somebody else may refresh.
            _ = GiveBackAsync(plan.Key, read).AsTask();
        }
    }

    /// <summary>
    /// Marks a value that its caller has found to be too old as stale, and has it refreshed in the background, unless somebody else has done
    /// so first. It does not throw: its caller has a value.
    /// </summary>
    public void RefreshInvalidated<T>(CreationPlan<T> plan, Lease lease)
    {
        try
        {
            Start(() => RefreshIfWonAsync(plan, _commands.OutdateAsync(plan, lease)));
        }
        catch (Exception)
        {
            // The pool ends: whoever reads the value next does it.
        }
    }

    /// <summary>Removes bytes that cannot be read: whoever wins the lease then is the only one in the fleet to replace them.</summary>
    /// <returns>What is there now.</returns>
    [AsyncMethodBuilder(typeof(CallMethodBuilder<>))]
    public async ValueTask<LeaseRead<T>> RemoveUndecodableAsync<T>(CreationPlan<T> plan, LeaseRead<T> read, CancellationToken cancellationToken)
    {
        if (!read.IsUndecodable)
        {
            return read;
        }

        if (read.Marks != LeaseMarks.None || !read.Lease.IsReal)
        {
            return read;
        }

        await _commands.ReleaseAsync(plan.Key, read.Lease).ConfigureAwait(false);
        return await _commands.ReadAsync(plan, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Gives the lease back, if a read has won one, of a call that ends without using it.</summary>
    public ValueTask<bool?> GiveBackAsync<T>(byte[] key, LeaseRead<T> read) =>
        read.HasWon && read.Lease.IsReal ? _commands.GiveBackAsync(key, read.Lease, read.HasValue) : default;

    /// <summary>Whether the caller was called by the create function that it would wait for.</summary>
    public bool WouldWaitForItself<T>(CreationPlan<T> plan, LeaseRead<T> read) => !read.HasWon && CreationScope.Creates(_creations, plan.Key);

    /// <summary>Joins the creation that brings the value, and has it created or waited for, if nobody does.</summary>
    /// <param name="plan">How the value is made.</param>
    /// <param name="read">What was read last.</param>
    /// <param name="since">Since when the caller has been waiting for another process.</param>
    /// <param name="isNew">Whether the creation has just begun.</param>
    /// <exception cref="ObjectDisposedException">The pool has been disposed; the lease, if there is one, has been given back.</exception>
    public PendingCreation<T> JoinOrStart<T>(CreationPlan<T> plan, LeaseRead<T> read, long since, out bool isNew)
    {
        try
        {
            return Begin(plan, read, since, out isNew);
        }
        catch (ObjectDisposedException)
        {
            _ = GiveBackAsync(plan.Key, read).AsTask();
            throw;
        }
    }

    /// <summary>Joins the creation of those who have read the same.</summary>
    /// <exception cref="ObjectDisposedException">The pool has been disposed; the caller gives the lease back, if there is one.</exception>
    public PendingCreation<T> Join<T>(CreationPlan<T> plan, LeaseRead<T> read, out bool isNew) => _creations.Join<T>(
        new PendingKey(plan.Key, typeof(T), read.Lease),
        read.HasWon && read.Lease.IsReal,
        read.HasValue,
        isRefresh: read.IsUsable(plan.Options.Stale > TimeSpan.Zero),
        out isNew);

    /// <summary>Makes the caller the one who creates the value, unless another process or another caller does.</summary>
    public bool TryClaim<T>(PendingCreation<T> creation, LeaseRead<T> read) => !read.IsTaken && _creations.TryClaim(creation);

    /// <summary>Lets a creation wait for another process.</summary>
    public void Poll<T>(PendingCreation<T> creation, CreationPlan<T> plan, long since) => Start(() => _poll.RunAsync(creation, plan, since), creation);

    /// <summary>Has many values created with one call.</summary>
    public void StartMany<T>(IReadOnlyList<ClaimedCreation<T>> claims, CreateMany<T> create) =>
        Start(() => RunManyAsync(claims, create), [.. claims.Select(claim => claim.Pending)]);

    /// <summary>Waits for a creation and leaves it.</summary>
    /// <remarks>Create functions that wait for each other's keys would wait for ever: within one, there is a limit to waiting.</remarks>
    [AsyncMethodBuilder(typeof(CallMethodBuilder<>))]
    public async ValueTask<CacheValue<T>> WaitAsync<T>(CreationPlan<T> plan, PendingCreation<T> creation, bool isNew, CancellationToken cancellationToken)
    {
        var limit = !isNew && CreationScope.IsInside ? plan.Options.LeaseWait : Timeout.InfiniteTimeSpan;
        try
        {
            if (await creation.WaitAsync(limit, _time, cancellationToken).ConfigureAwait(false) is { } result)
            {
                return result;
            }

            cancellationToken.ThrowIfCancellationRequested();
            return await CreationRun.CreateUnsharedAsync(plan, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _creations.Leave(creation);
        }
    }

    /// <summary>Marks the current code as the create function of a key (<see cref="CreationScope.Enter"/>).</summary>
    public void EnterScope(byte[] key) => CreationScope.Enter(_creations, key);

    /// <summary>Has something done in the background, in the caller's execution context. If it fails, the creations for which it is done do.</summary>
    public void Start(Func<ValueTask> run, params PendingCreation[] served) => new CreationWork(run, _creations, served).Start();

    /// <summary>
    /// Lets no later caller share what has begun without a lease, which a server would have ended by itself. To be called before a key
    /// is removed.
    /// </summary>
    public void Forget(ReadOnlySpan<byte> key) => _creations.Detach(key);

    /// <summary>Abandons what is under way, and gives its leases back. Nobody waits for that here.</summary>
    public void Dispose()
    {
        Auditor.Dispose();
        var sends = SendBatch.Begin();
        try
        {
            foreach (var creation in _creations.Dispose())
            {
                _ = _run.GiveBackAsync(creation).AsTask();
            }
        }
        finally
        {
            sends.End();
        }
    }

    private PendingCreation<T> Begin<T>(CreationPlan<T> plan, LeaseRead<T> read, long since, out bool isNew)
    {
        var creation = Join(plan, read, out isNew);
        if (TryClaim(creation, read))
        {
            Run(new ClaimedCreation<T>(creation, plan, read), since);
        }
        else if (isNew)
        {
            Poll(creation, plan, since);
        }

        return creation;
    }

    private void Run<T>(ClaimedCreation<T> claim, long since) => Start(
        () => claim.Pending.Lease == Lease.Unknown ? _leaseKeys.RunAsync(claim, since) : _run.RunAsync(claim), claim.Pending);

    // Without real leases lease keys are taken first; for those that others have, each value is awaited by itself.
    [AsyncMethodBuilder(typeof(CallMethodBuilder))]
    private async ValueTask RunManyAsync<T>(IReadOnlyList<ClaimedCreation<T>> claims, CreateMany<T> create)
    {
        var since = Now;
        var (taken, others) = await _leaseKeys.TakeAsync([.. claims.Where(claim => claim.Pending.Lease == Lease.Unknown)]).ConfigureAwait(false);
        others.ForEach(claim => Run(claim, since));
        taken.AddRange(claims.Where(claim => claim.Pending.Lease != Lease.Unknown));
        if (taken.Count > 0)
        {
            await _run.RunManyAsync(taken, create).ConfigureAwait(false);
        }
    }

    // The hand-over is fenced by what everybody sees, so one process in the fleet carries it out, and one caller wins afterwards.
    private void TakeOver<T>(CreationPlan<T> plan, Lease lease) => Start(() => RefreshIfWonAsync(plan, _commands.HandOverAsync(plan.Key, lease)));

    [AsyncMethodBuilder(typeof(CallMethodBuilder))]
    private async ValueTask RefreshIfWonAsync<T>(CreationPlan<T> plan, ValueTask<bool?> handedOver)
    {
        if (await handedOver.ConfigureAwait(false) == true)
        {
            var read = await _commands.ReadAsync(plan, CancellationToken.None).ConfigureAwait(false);
            if (read.HasWon)
            {
                Refresh(plan, read);
            }
        }
    }
}
