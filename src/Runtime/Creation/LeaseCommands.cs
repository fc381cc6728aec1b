using System.Runtime.CompilerServices;
using TypedCache.Near;
using TypedCache.Pool;
using TypedCache.Pool.Moves;
using TypedCache.Pool.Operations;
using TypedCache.Protocol;
using TypedCache.Transport;
using TypedCache.Values;

namespace TypedCache.Creation;

/// <summary>
/// The commands of a lease: read or win, fill, give back, hand over. All but the read go to the server that gave the lease and
/// nowhere else.
/// </summary>
internal sealed class LeaseCommands(OperationSender sender, Redundancy redundancy, KeyCopies copies, ValuePipeline pipeline, NearCache nearCache, TimeProvider time)
{
    /// <summary>The servers that there are now.</summary>
    public OperationRouter Router => sender.Router;

    /// <summary>Reads a value that is stored under a key, or wins the lease to create it.</summary>
    /// <param name="operation">A read that has its key.</param>
    /// <param name="router">Finds its server.</param>
    /// <param name="codec">Reads the value's bytes.</param>
    /// <param name="options">How stale a value may be, and for how long a lease holds.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public ValueTask<LeaseRead<T>> Read<T>(ReadOperation<T> operation, OperationRouter router, ICacheCodec<T> codec, GetOrCreateOptions options, CancellationToken cancellationToken)
    {
        var read = Prepare(operation, codec, options);
        sender.Send(operation, router, cancellationToken);
        return read;
    }

    /// <summary>Begins to read many values.</summary>
    /// <param name="router">Finds their servers.</param>
    /// <param name="codec">Reads the values' bytes.</param>
    /// <param name="options">How stale a value may be, and for how long a lease holds.</param>
    /// <param name="found">Takes what is found.</param>
    /// <param name="template">What the keys are called in telemetry.</param>
    /// <param name="takesNone"><see cref="LeaseBatch{TKey, T}.TakesNone"/>.</param>
    public LeaseBatch<TKey, T> BeginBatch<TKey, T>(
        OperationRouter router, ICacheCodec<T> codec, GetOrCreateOptions options, Dictionary<TKey, T> found, KeyTemplate? template, bool takesNone)
        where TKey : notnull
    {
        var near = options.NearAndStale is { } kept && !takesNone ? new NearBatch<T>(nearCache, pipeline, codec, kept, router, template) : null;
        return new LeaseBatch<TKey, T>(sender, router, pipeline, codec, options, near, found, template) { TakesNone = takesNone };
    }

    /// <summary>Reads again, for a plan and all who wait for it. A server that cannot answer counts as none.</summary>
    [AsyncMethodBuilder(typeof(CallMethodBuilder<>))]
    public async ValueTask<LeaseRead<T>> ReadAsync<T>(CreationPlan<T> plan, CancellationToken cancellationToken)
    {
        var operation = OperationPool<ReadOperation<T>>.Rent();
        operation.Begin(Verb.GetOrLease, plan.Key, plan.Template);
        try
        {
            return await Read(operation, plan.Router, SharedReadCodec<T>.Of(plan.Codec), plan.Options, cancellationToken).ConfigureAwait(false);
        }
        catch (MemcachedException)
        {
            return LeaseRead<T>.Unreachable;
        }
    }

    /// <summary>Reads what is left of a key that moves on its former server, and stores it where it is now.</summary>
    /// <param name="plan">What is wanted.</param>
    /// <param name="lease">The lease to store it; where servers know none, it is given out and not stored.</param>
    /// <returns>The value; a miss if there is none that can be used.</returns>
    [AsyncMethodBuilder(typeof(CallMethodBuilder<>))]
    public async ValueTask<CacheValue<T>> MoveAsync<T>(CreationPlan<T> plan, Lease lease)
    {
        if (MovedReads.FindSource(plan.Router, plan.Key) is not { } source
            || await copies.ReadAsync(plan.Key, source, plan.Router.Moves!).ConfigureAwait(false) is not { } item)
        {
            return CacheValue<T>.Miss;
        }

        CacheValue<T> value;
        try
        {
            value = new CacheValue<T>(pipeline.Decode(SharedReadCodec<T>.Of(plan.Codec), plan.Key, item.Bytes.Flags, item.Bytes.Payload, plan.Template));
        }
        catch (CacheValueException)
        {
            return CacheValue<T>.Miss;
        }

        if (lease.IsReal && await copies.StoreAsync(plan.Key, lease, item).ConfigureAwait(false) is null)
        {
            await ReleaseAsync(plan.Key, lease).ConfigureAwait(false);
        }

        return value;
    }

    /// <summary>Reads on one server and no other, and how much time the value has left. A server that cannot answer counts as none.</summary>
    [AsyncMethodBuilder(typeof(CallMethodBuilder<>))]
    public async ValueTask<LeaseRead<T>> ReadAtAsync<T>(CreationPlan<T> plan, MemcachedServer server)
    {
        var operation = OperationPool<ReadOperation<T>>.Rent();
        operation.Begin(Verb.GetOrLease, plan.Key, plan.Template);
        operation.Request.WantsTimeLeft = true;
        var read = Prepare(operation, SharedReadCodec<T>.Of(plan.Codec), plan.Options);
        sender.SendTo(server, operation, CancellationToken.None);
        try
        {
            return await read.ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is MemcachedException or ObjectDisposedException)
        {
            return LeaseRead<T>.Unreachable;
        }
    }

    /// <summary>Stores the copy of a value, unless anything has happened to the item since the lease was given. It ends when the value does.</summary>
    /// <returns>Whether it was stored; null if the server did not say.</returns>
    public ValueTask<bool?> CopyAsync<T>(CreationPlan<T> plan, Lease lease, LeaseRead<T> copied)
    {
        if (copied.TimeLeft is not { } left || left == 0)
        {
            return ValueTask.FromResult<bool?>(null);
        }

        var fill = lease.BeginFill(plan.Key, plan.Template);
        fill.Request.Flags = pipeline.Encode(plan.Codec, copied.Value!, fill.Request.Payload, plan.Template);
        fill.Request.Expiry = (left > 0 ? CacheExpiry.FromSeconds(left) : CacheExpiry.Never).ToWire(time);
        return SendAsync(fill, lease, plan.Router);
    }

    /// <summary>Stores what was created, unless anything has happened to the item since the lease was given.</summary>
    /// <returns>Whether it was stored; null if the server did not say.</returns>
    /// <exception cref="ValueTooLargeException">It is over the pool's limit; the lease still holds.</exception>
    public ValueTask<bool?> FillAsync<T>(CreationPlan<T> plan, Lease lease, CacheItem<T> item)
    {
        var fill = lease.BeginFill(plan.Key, plan.Template);
        try
        {
            fill.Request.Flags = pipeline.Encode(plan.Codec, item.Value, fill.Request.Payload, plan.Template);
        }
        catch (ValueTooLargeException)
        {
            plan.Telemetry.IsTooLarge(fill.Request.Payload.Length);
            throw;
        }

        fill.Request.Expiry = plan.ExpiryOf(item).Extend(StaleOn(lease, plan.Options)).ToWire(time);
        return SendAsync(fill, lease, plan.Router);
    }

    /// <summary>Stores a stale value once more, as one that becomes stale again after <see cref="GetOrCreateOptions.FailSafe"/>.</summary>
    /// <returns>Whether it was stored; null if it was not to be, or the server did not say.</returns>
    [AsyncMethodBuilder(typeof(CallMethodBuilder<>))]
    public async ValueTask<bool?> KeepAsync<T>(CreationPlan<T> plan, Lease lease, LeaseRead<T> read)
    {
        if (read.Bytes is not { } bytes)
        {
            return null;
        }

        var renewed = plan.Renews ? await plan.RenewAsync(read.Value!).ConfigureAwait(false) : default;
        if (plan.Renews && !renewed.Found)
        {
            return null;
        }

        var fill = lease.BeginFill(plan.Key);
        if (plan.Renews)
        {
            fill.Request.Flags = pipeline.Encode(plan.Codec, renewed.Value!, fill.Request.Payload, plan.Template);
        }
        else
        {
            bytes.Payload.CopyTo(fill.Request.Payload.Resize(bytes.Payload.Length));
            fill.Request.Flags = bytes.Flags;
        }

        fill.Request.Expiry = CacheExpiry.After(plan.Options.FailSafe).Extend(StaleOn(lease, plan.Options)).ToWire(time);
        return await SendAsync(fill, lease, plan.Router).ConfigureAwait(false);
    }

    /// <summary>Gives the lease of a missing value back, so that the next reader wins it at once; removes a stale value.</summary>
    public ValueTask<bool?> ReleaseAsync(byte[] key, Lease lease) => SendAsync(lease.Begin(Verb.Release, key), lease, sender.Router);

    /// <summary>Lets the next reader win the refresh of a value that stays as it is. Whoever had won it before can store no more.</summary>
    public ValueTask<bool?> HandOverAsync(byte[] key, Lease lease) => SendAsync(lease.Begin(Verb.Invalidate, key), lease, sender.Router);

    /// <summary>Whether the server that gave a lease can mark a value as stale.</summary>
    public static bool KnowsStale(Lease lease) => lease.Server?.Link.OpenConnection is { Protocol: not ClassicProtocol };

    /// <summary>Marks a value as stale from now on that is too old for another reason, unless anything has happened to it since it was read.</summary>
    /// <returns>Whether it was; null if the server did not say.</returns>
    public ValueTask<bool?> OutdateAsync<T>(CreationPlan<T> plan, Lease lease)
    {
        var operation = IsElsewhereToo(plan) ? Unfenced(Verb.Invalidate, plan.Key) : lease.Begin(Verb.Invalidate, plan.Key);
        operation.Request.Expiry = CacheExpiry.After(plan.Options.Stale).ToWire(time);
        return RemoveAsync(operation, plan, lease);
    }

    /// <summary>Removes a value that is too old for another reason, unless anything has happened to it since it was read.</summary>
    /// <inheritdoc cref="OutdateAsync" path="/returns"/>
    public ValueTask<bool?> RemoveAsync<T>(CreationPlan<T> plan, Lease lease)
    {
        if (IsElsewhereToo(plan))
        {
            return RemoveAsync(Unfenced(Verb.Delete, plan.Key), plan, lease);
        }

        // An empty value that has already expired: the classic protocol cannot compare when it deletes.
        var operation = lease.BeginFill(plan.Key);
        operation.Request.Expiry = -1;
        return RemoveAsync(operation, plan, lease);
    }

    /// <summary>Lets the next reader win a lease that nobody has used: a stale value stays.</summary>
    /// <param name="key">The key as it goes over the wire.</param>
    /// <param name="lease">The lease.</param>
    /// <param name="hasValue">Whether there is a stale value under it.</param>
    public ValueTask<bool?> GiveBackAsync(byte[] key, Lease lease, bool hasValue) =>
        hasValue ? HandOverAsync(key, lease) : ReleaseAsync(key, lease);

    // Whoever creates it would find it again in another zone, or on the former server of its key.
    private static bool IsElsewhereToo<T>(CreationPlan<T> plan) => plan.Router.HasZones || MovedReads.FindSource(plan.Router, plan.Key) is not null;

    private static StatusOperation Unfenced(Verb verb, byte[] key)
    {
        var operation = OperationPool<StatusOperation>.Rent();
        operation.Begin(verb, key);
        return operation;
    }

    [AsyncMethodBuilder(typeof(CallMethodBuilder<>))]
    private async ValueTask<bool?> RemoveAsync<T>(StatusOperation operation, CreationPlan<T> plan, Lease lease)
    {
        if (!IsElsewhereToo(plan))
        {
            return await SendAsync(operation, lease, plan.Router).ConfigureAwait(false);
        }

        try
        {
            var companions = redundancy.Send(operation, plan.Router, CancellationToken.None);
            return companions is null
                ? await operation.AsBoolean().ConfigureAwait(false)
                : await companions.AwaitRemovalAsync(operation.AsBoolean()).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is MemcachedException or ObjectDisposedException)
        {
            return null;
        }
    }

    private ValueTask<LeaseRead<T>> Prepare<T>(ReadOperation<T> operation, ICacheCodec<T> codec, GetOrCreateOptions options)
    {
        operation.Decode(codec, pipeline);
        operation.Request.WantsCas = true;
        operation.Request.RefreshWithin = options.StaleSeconds;
        operation.Request.LeaseSeconds = options.LeaseSeconds;
        operation.KeepsBytes = options.FailSafe > TimeSpan.Zero;
        return operation.AsLeaseRead();
    }

    // Reads take what is on a spare for fresh as long as it is there.
    private static TimeSpan StaleOn(Lease lease, GetOrCreateOptions options) => lease.Server!.IsSpare ? TimeSpan.Zero : options.Stale;

    [AsyncMethodBuilder(typeof(CallMethodBuilder<>))]
    private async ValueTask<bool?> SendAsync(StatusOperation operation, Lease lease, OperationRouter router)
    {
        try
        {
            return await redundancy.SendFenced(operation, lease.Server!, router).ConfigureAwait(false) == CasResult.Stored;
        }
        catch (Exception exception) when (exception is MemcachedException or ObjectDisposedException)
        {
            return null;
        }
    }
}
