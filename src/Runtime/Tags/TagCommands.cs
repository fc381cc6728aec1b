using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using TypedCache.Keys;
using TypedCache.Near;
using TypedCache.Pool;
using TypedCache.Pool.Moves;
using TypedCache.Pool.Operations;
using TypedCache.Protocol;
using TypedCache.Telemetry;
using TypedCache.Transport;
using TypedCache.Values;

namespace TypedCache.Tags;

/// <summary>Reads the version of a tag, from this process where it was read lately.</summary>
internal delegate ValueTask<ulong> NearVersion(ReadOnlySpan<byte> tag, NearOptions near, CancellationToken cancellationToken);

/// <summary>The commands on tag items. They are parts of calls, and no calls of their own in telemetry.</summary>
/// <param name="sender">Sends operations.</param>
/// <param name="redundancy">Sends writes.</param>
/// <param name="movedReads">Reads keys that move.</param>
/// <param name="pipeline">Reads numbers.</param>
/// <param name="policy">How keys that are given as text are written.</param>
/// <param name="missOnFailure">Whether plain reads take a server that cannot be reached for a miss.</param>
/// <param name="near">Reads versions that are kept in this process.</param>
/// <param name="nearCache">Keeps them.</param>
internal sealed class TagCommands(
    OperationSender sender, Redundancy redundancy, MovedReads movedReads, ValuePipeline pipeline, KeyPolicy policy, bool missOnFailure, NearVersion near, NearCache nearCache)
{
    /// <summary>What tags are called in telemetry and messages, where nobody has named them: their keys may have secret parts.</summary>
    public static readonly KeyTemplate Template = new("~t", "*") { HidesKeys = true };

    /// <summary>How many bytes the pool's prefix leaves for a key.</summary>
    public int MaxKeyLength => sender.MaxKeyLength;

    /// <summary>Reads a version, as the options of a call say.</summary>
    /// <param name="tag">The key as callers give it.</param>
    /// <param name="options">How versions are kept; null: the server is asked.</param>
    /// <param name="isPlain">Whether the call is a plain read, for which a server that cannot be reached may have nothing.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public ValueTask<ulong> Read(ReadOnlySpan<byte> tag, NearOptions? options, bool isPlain, CancellationToken cancellationToken) =>
        options is null ? Ask(tag, isPlain, cancellationToken) : near(tag, options, cancellationToken);

    /// <summary>Asks the server for a version.</summary>
    /// <inheritdoc cref="Read" path="/param"/>
    public ValueTask<ulong> Ask(ReadOnlySpan<byte> tag, bool isPlain, CancellationToken cancellationToken)
    {
        var operation = OperationPool<ReadOperation<ulong>>.Rent();
        sender.Begin(operation, Verb.Get, tag, Template);
        operation.Decode(CacheCodecs.UInt64, pipeline);
        operation.Route.MissOnFailure = isPlain && missOnFailure;
        return movedReads.ReadValue(operation, sender.Router, CacheCodecs.UInt64, cancellationToken);
    }

    /// <summary>Asks the server for a version, and makes the tag if there is none.</summary>
    /// <param name="tag">The key as callers give it.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public ValueTask<ulong> AskOrMake(ReadOnlySpan<byte> tag, CancellationToken cancellationToken) => Count(tag, 0, default, Template, cancellationToken);

    /// <summary>Changes a version, or makes the tag.</summary>
    /// <param name="tag">The key as callers give it.</param>
    /// <param name="by">By how much.</param>
    /// <param name="record">The caller's call.</param>
    /// <param name="template">What the tag is called in messages.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public ValueTask<ulong> Change(ReadOnlySpan<byte> tag, ulong by, CallRecord record, KeyTemplate? template, CancellationToken cancellationToken) =>
        Count(tag, by, record, template, cancellationToken);

    /// <summary>Reads many versions, all at once.</summary>
    [AsyncMethodBuilder(typeof(CallMethodBuilder<>))]
    public async ValueTask<ulong[]> ReadAllAsync(byte[][] tags, NearOptions? options, bool isPlain, CancellationToken cancellationToken) =>
        await VersionReads.AwaitAllAsync(Together(tags, tag => Read(tag, options, isPlain, cancellationToken))).ConfigureAwait(false);

    /// <summary>Asks the servers for many versions, all at once.</summary>
    [AsyncMethodBuilder(typeof(CallMethodBuilder<>))]
    public async ValueTask<ulong[]> AskAllAsync(byte[][] tags, bool isPlain, CancellationToken cancellationToken) =>
        await VersionReads.AwaitAllAsync(Together(tags, tag => Ask(tag, isPlain, cancellationToken))).ConfigureAwait(false);

    /// <summary>Asks the servers for many versions, all at once, and makes the tags that are missing.</summary>
    [AsyncMethodBuilder(typeof(CallMethodBuilder<>))]
    public async ValueTask<ulong[]> AskOrMakeAllAsync(byte[][] tags, CancellationToken cancellationToken) =>
        await VersionReads.AwaitAllAsync(Together(tags, tag => AskOrMake(tag, cancellationToken))).ConfigureAwait(false);

    /// <summary>Forgets the version of a tag that is kept in this process: it has turned out to be older than that of its server.</summary>
    public void ForgetNear(ReadOnlySpan<byte> tag) => nearCache.Changes(sender.ToWire(tag, stackalloc byte[CacheKeyWriter.StackSize], Template));

    /// <summary>Waits for two things, also when one of them fails.</summary>
    [AsyncMethodBuilder(typeof(CallMethodBuilder<>))]
    public static async ValueTask<(TFirst First, TSecond Second)> BothAsync<TFirst, TSecond>(ValueTask<TFirst> first, ValueTask<TSecond> second)
    {
        ExceptionDispatchInfo? failure = null;
        var (one, other) = (default(TFirst)!, default(TSecond)!);
        try
        {
            one = await first.ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            failure = ExceptionDispatchInfo.Capture(exception);
        }

        try
        {
            other = await second.ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            failure ??= ExceptionDispatchInfo.Capture(exception);
        }

        failure?.Throw();
        return (one, other);
    }

    /// <summary>The key of what stands for all tags of a template.</summary>
    public byte[] GroupKey(string group)
    {
        var writer = new CacheKeyWriter(stackalloc byte[CacheKeyWriter.StackSize], policy, MaxKeyLength);
        writer.AppendWhole(group);
        return writer.Finish().ToArray();
    }

    /// <inheritdoc cref="GroupKey"/>
    public byte[][] GroupKeys(string[] groups) => Array.ConvertAll(groups, GroupKey);

    // What they send leaves in one send for each server.
    private static ValueTask<ulong>[] Together(byte[][] tags, Func<byte[], ValueTask<ulong>> ask)
    {
        var sends = SendBatch.Begin();
        try
        {
            return Array.ConvertAll(tags, tag => ask(tag));
        }
        finally
        {
            sends.End();
        }
    }

    private ValueTask<ulong> Count(ReadOnlySpan<byte> tag, ulong by, CallRecord record, KeyTemplate? template, CancellationToken cancellationToken)
    {
        sender.ThrowIfClosed();
        var operation = OperationPool<CounterOperation>.Rent();
        sender.Begin(operation, Verb.Increment, tag, template);
        operation.Request.Delta = by;
        operation.Request.Initial = TagVersion.NewSeed();
        operation.Request.IsRemovedOnFailure = by != 0;
        operation.Record = record;
        var companions = redundancy.Send(operation, cancellationToken);
        return companions is null ? operation.AsCreated() : companions.AwaitAsync(operation.AsCreated());
    }
}
