using System.Buffers;
using System.Runtime.CompilerServices;
using TypedCache.Keys;
using TypedCache.Pool;
using TypedCache.Pool.Operations;
using TypedCache.Protocol;
using TypedCache.Transport;
using TypedCache.Values;

namespace TypedCache.Creation;

/// <summary>
/// Leases on servers that know none: a key beside the value's own, which one client can add. It keeps two from creating at once, and
/// no more: a value is stored whatever has happened to its key in between.
/// </summary>
internal sealed class LeaseKeys(OperationSender sender, Redundancy redundancy, ValuePipeline pipeline, TimeProvider time)
{
    /// <summary>Takes the lease.</summary>
    /// <returns>False if somebody else has it; null if no server could say.</returns>
    [AsyncMethodBuilder(typeof(CallMethodBuilder<>))]
    public async ValueTask<bool?> TakeAsync<T>(CreationPlan<T> plan)
    {
        var operation = Begin(Verb.Add, plan.Key);
        operation.Request.Expiry = plan.Options.LeaseSeconds;
        operation.Request.Payload.Write("1"u8);
        try
        {
            sender.Send(operation, plan.Router, CancellationToken.None);
            return await operation.AsBoolean().ConfigureAwait(false);
        }
        catch (MemcachedException)
        {
            return null;
        }
    }

    /// <summary>Stores a value. It has no time in which it is stale, since nobody could be told to refresh it.</summary>
    /// <returns>Whether the server took it.</returns>
    public ValueTask<bool> StoreAsync<T>(CreationPlan<T> plan, CacheItem<T> item)
    {
        var operation = OperationPool<StatusOperation>.Rent();
        operation.Begin(Verb.Set, plan.Key, plan.Template);
        try
        {
            operation.Request.Flags = pipeline.Encode(plan.Codec, item.Value, operation.Request.Payload, plan.Template);
        }
        catch (ValueTooLargeException)
        {
            // As where the server finds it too large: the callers get it all the same.
            plan.Telemetry.IsTooLarge(operation.Request.Payload.Length);
            return ValueTask.FromResult(false);
        }

        operation.Request.Expiry = plan.ExpiryOf(item).ToWire(time);
        return SendAsync(operation, plan.Router, isValue: true);
    }

    /// <summary>Gives the lease back.</summary>
    [AsyncMethodBuilder(typeof(CallMethodBuilder))]
    public async ValueTask ReturnAsync(byte[] key, OperationRouter router) => await SendAsync(Begin(Verb.Delete, key), router, isValue: false).ConfigureAwait(false);

    // A key that is too long for the suffix ends in a hash.
    private static StatusOperation Begin(Verb verb, ReadOnlySpan<byte> key)
    {
        var writer = new CacheKeyWriter(stackalloc byte[CacheKeyWriter.StackSize], KeyPolicy.Escape);
        writer.AppendLiteral(key);
        writer.AppendLiteral("~lease"u8);
        var operation = OperationPool<StatusOperation>.Rent();
        operation.Begin(verb, writer.Finish());
        return operation;
    }

    [AsyncMethodBuilder(typeof(CallMethodBuilder<>))]
    private async ValueTask<bool> SendAsync(StatusOperation operation, OperationRouter router, bool isValue)
    {
        try
        {
            var companions = Send(operation, router, isValue);
            var own = operation.AsBoolean();
            return await (companions is null ? own : companions.AwaitAsync(own)).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is MemcachedException or ObjectDisposedException)
        {
            // The lease ends by itself, and a value that is not stored is created again.
            return false;
        }
    }

    // A value is a plain write, and does what such a one does where its key moves. Copies are made of leases' values only.
    private WriteCompanions? Send(StatusOperation operation, OperationRouter router, bool isValue)
    {
        if (isValue && router.Moves is not null)
        {
            return redundancy.Send(operation, router, CancellationToken.None);
        }

        sender.Send(operation, router, CancellationToken.None);
        return null;
    }
}
