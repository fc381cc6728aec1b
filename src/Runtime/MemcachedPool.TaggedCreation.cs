using System.Runtime.CompilerServices;
using TypedCache.Creation;
using TypedCache.Keys;
using TypedCache.Near;
using TypedCache.Pool.Moves;
using TypedCache.Pool.Operations;
using TypedCache.Protocol;
using TypedCache.Tags;
using TypedCache.Telemetry;
using TypedCache.Transport;
using TypedCache.Values;

namespace TypedCache;

public sealed partial class MemcachedPool
{
    /// <summary>
    /// Reads a value with tags, or creates and stores it, as <see cref="GetOrCreateAsync{TState, T}(ReadOnlySpan{byte}, TState, Func{TState, CancellationToken, ValueTask{T}}, ICacheCodec{T}, GetOrCreateOptions, CacheExpiry?, CancellationToken, KeyTemplate)"/>
    /// does. A value of which a tag was invalidated is a stale one, and one of which a tag was removed is missing.
    /// </summary>
    /// <param name="key">The key, 1 to 250 bytes without spaces and control characters.</param>
    /// <param name="tags">The tags of the value, at most 8, in the same order as in all calls for the key.</param>
    /// <param name="state">An argument for <paramref name="create"/>, so that it can be a static lambda.</param>
    /// <param name="create">
    /// Creates the value, on the thread pool. Its token is cancelled when nobody waits for the value any more, or the pool is disposed.
    /// </param>
    /// <param name="codec">Writes and reads the value's bytes.</param>
    /// <param name="options">How the value is stored, and how callers wait.</param>
    /// <param name="tagOptions">How the tags are looked at.</param>
    /// <param name="expires">When a created value expires; by default as the options say.</param>
    /// <param name="cancellationToken">Cancels this caller's wait, and nobody else's.</param>
    /// <param name="template">What the key is called in metrics and traces; null: it is told apart from no others.</param>
    /// <returns>The value. It was not created before an invalidation of one of its tags that was complete before this call began, but for stale ones.</returns>
    /// <remarks>
    /// The versions of the tags are read before <paramref name="create"/> begins and stored with its value, so that one that an invalidation
    /// meets while it is created is old at once. If a server of a tag cannot be reached, the value is created and not stored.
    /// </remarks>
    /// <exception cref="ArgumentException">There are more than 8 tags.</exception>
    public ValueTask<T> GetOrCreateTaggedAsync<TState, T>(
        ReadOnlySpan<byte> key, in TagKeys tags, TState state, Func<TState, CancellationToken, ValueTask<T>> create, TaggedCodec<T> codec, GetOrCreateOptions options, TagOptions tagOptions, CacheExpiry? expires = null, CancellationToken cancellationToken = default, KeyTemplate? template = null)
    {
        ArgumentNullException.ThrowIfNull(create);
        return StartTaggedCreation(key, tags, state, new CreateFunction<TState, T>(create), codec, options, tagOptions, expires, cancellationToken, template);
    }

    /// <inheritdoc cref="GetOrCreateTaggedAsync{TState, T}(ReadOnlySpan{byte}, in TagKeys, TState, Func{TState, CancellationToken, ValueTask{T}}, TaggedCodec{T}, GetOrCreateOptions, TagOptions, CacheExpiry?, CancellationToken, KeyTemplate)"/>
    public ValueTask<T> GetOrCreateTaggedAsync<T>(
        ReadOnlySpan<byte> key, in TagKeys tags, Func<CancellationToken, ValueTask<T>> create, TaggedCodec<T> codec, GetOrCreateOptions options, TagOptions tagOptions, CacheExpiry? expires = null, CancellationToken cancellationToken = default, KeyTemplate? template = null)
    {
        ArgumentNullException.ThrowIfNull(create);
        return GetOrCreateTaggedAsync(key, tags, create, static (create, token) => create(token), codec, options, tagOptions, expires, cancellationToken, template);
    }

    /// <summary>
    /// Reads a value with tags, or creates it as the other methods do. The create function decides when the value expires, and whether it is
    /// stored at all.
    /// </summary>
    /// <inheritdoc cref="GetOrCreateTaggedAsync{TState, T}(ReadOnlySpan{byte}, in TagKeys, TState, Func{TState, CancellationToken, ValueTask{T}}, TaggedCodec{T}, GetOrCreateOptions, TagOptions, CacheExpiry?, CancellationToken, KeyTemplate)"/>
    public ValueTask<T> GetOrCreateTaggedItemAsync<TState, T>(
        ReadOnlySpan<byte> key, in TagKeys tags, TState state, Func<TState, CancellationToken, ValueTask<CacheItem<T>>> create, TaggedCodec<T> codec, GetOrCreateOptions options, TagOptions tagOptions, CacheExpiry? expires = null, CancellationToken cancellationToken = default, KeyTemplate? template = null)
    {
        ArgumentNullException.ThrowIfNull(create);
        return StartTaggedCreation(key, tags, state, new CreateFunction<TState, T>(create), codec, options, tagOptions, expires, cancellationToken, template);
    }

    /// <inheritdoc cref="GetOrCreateTaggedItemAsync{TState, T}(ReadOnlySpan{byte}, in TagKeys, TState, Func{TState, CancellationToken, ValueTask{CacheItem{T}}}, TaggedCodec{T}, GetOrCreateOptions, TagOptions, CacheExpiry?, CancellationToken, KeyTemplate)"/>
    public ValueTask<T> GetOrCreateTaggedItemAsync<T>(
        ReadOnlySpan<byte> key, in TagKeys tags, Func<CancellationToken, ValueTask<CacheItem<T>>> create, TaggedCodec<T> codec, GetOrCreateOptions options, TagOptions tagOptions, CacheExpiry? expires = null, CancellationToken cancellationToken = default, KeyTemplate? template = null)
    {
        ArgumentNullException.ThrowIfNull(create);
        return GetOrCreateTaggedItemAsync(key, tags, create, static (create, token) => create(token), codec, options, tagOptions, expires, cancellationToken, template);
    }

    private ValueTask<T> StartTaggedCreation<TState, T>(
        ReadOnlySpan<byte> key, in TagKeys tags, TState state, CreateFunction<TState, T> create, TaggedCodec<T> codec, GetOrCreateOptions options, TagOptions tagOptions, CacheExpiry? expires, CancellationToken cancellationToken, KeyTemplate? template)
    {
        ThrowIfDisposed();
        CheckTagged(tags, codec, tagOptions);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled<T>(cancellationToken);
        }

        if (options.Near is not null)
        {
            return _sender.SendsKeysAsGiven
                ? StartNearTaggedCreation(key, tags, state, create, codec, options, tagOptions, expires, cancellationToken, template)
                : StartNearTaggedCreation(_sender.ToWire(key, stackalloc byte[CacheKeyWriter.StackSize], template), tags, state, create, codec, options, tagOptions, expires, cancellationToken, template);
        }

        var operation = OperationPool<ReadOperation<Tagged<T>>>.Rent();
        _sender.Begin(operation, Verb.GetOrLease, key, template);
        var record = _telemetry.Begin(CallKind.GetOrCreate, template, key);
        return StartTaggedCreation(operation, NamedTags.Copy(tags), state, create, codec, options, tagOptions, expires, record, cancellationToken, template);
    }

    private ValueTask<T> StartTaggedCreation<TState, T>(
        ReadOperation<Tagged<T>> operation, byte[][] tags, TState state, in CreateFunction<TState, T> create, TaggedCodec<T> codec, GetOrCreateOptions options, TagOptions tagOptions, CacheExpiry? expires, in CallRecord record, CancellationToken cancellationToken, KeyTemplate? template)
    {
        var plan = PlanTagged(operation.Request.Key, tags, state, create, codec, options, expires, template);
        var creation = new TaggedCreation<T>(Tagging.Commands, Tagging.Judge, _leases, _broker, plan, tags, tagOptions);
        var sends = SendBatch.Begin();
        try
        {
            var reading = _leases.Read(operation, plan.Router, codec.Stored, options, cancellationToken);
            return creation.RunAsync(reading, VersionReads.Begin(Tagging.Commands, tags, tagOptions.Near, isPlain: false, cancellationToken), record, cancellationToken);
        }
        finally
        {
            sends.End();
        }
    }

    // The key is the one that goes over the wire.
    private TaggedPlan<TState, T> PlanTagged<TState, T>(
        ReadOnlySpan<byte> key, byte[][] tags, TState state, in CreateFunction<TState, T> create, TaggedCodec<T> codec, GetOrCreateOptions options, CacheExpiry? expires, KeyTemplate? template) =>
        new(key.ToArray(), _sender.Router, Tagging.Stamps, tags, state, create, codec, options, expires, new CreationTelemetry(_telemetry, template));

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Audit<TState, T>(
        ReadOnlySpan<byte> key, byte[][] tags, TState state, in CreateFunction<TState, T> create, TaggedCodec<T> codec, GetOrCreateOptions options, CacheExpiry? expires, KeyTemplate? template)
    {
        if (options.Sampling is { } sampling && sampling.IsDue())
        {
            sampling.Begin(_broker, PlanTagged(key, tags, state, create, codec, options, expires, template));
        }
    }

    // The key is the one that goes over the wire. Where all is near, nothing is allocated.
    private ValueTask<T> StartNearTaggedCreation<TState, T>(
        ReadOnlySpan<byte> key, in TagKeys tags, TState state, in CreateFunction<TState, T> create, TaggedCodec<T> codec, GetOrCreateOptions options, TagOptions tagOptions, CacheExpiry? expires, CancellationToken cancellationToken, KeyTemplate? template)
    {
        var router = _sender.Router;
        var hash = NearTable.HashOf(key);
        var kept = _nearCache.Find(key, hash, codec.Stored, options.NearAndStale!, router);
        var versions = VersionReads.Begin(Tagging.Commands, tags, tagOptions.Near, isPlain: false, cancellationToken);
        var record = _telemetry.Begin(CallKind.GetOrCreate, template, key);
        if (kept is not null && versions.TryTake(out var now))
        {
            var value = kept.Take(_pipeline, template);
            if (TagJudge.IsFresh(value, now))
            {
                PoolTelemetry.CountNear(template, NearOutcome.Hit);
                record.End(CallResult.Hit, server: null);
                if (options.Sampling is not null)
                {
                    Audit(key, NamedTags.Copy(tags), state, create, codec, options, expires, template);
                }

                return new ValueTask<T>(value.Value!);
            }
        }

        var mayBeNear = MovedReads.FindSource(router, key) is null;
        return CreateNearTaggedAsync(key.ToArray(), hash, kept, mayBeNear, versions, NamedTags.Copy(tags), state, create, codec, options, tagOptions, expires, record, cancellationToken, template);
    }

    // Only what is missing, too old or about to be is worth a lease: that takes a second question.
    [AsyncMethodBuilder(typeof(CallMethodBuilder<>))]
    private async ValueTask<T> CreateNearTaggedAsync<TState, T>(
        byte[] key, int hash, NearValue<Tagged<T>>? kept, bool mayBeNear, VersionReads versions, byte[][] tags, TState state, CreateFunction<TState, T> create, TaggedCodec<T> codec, GetOrCreateOptions options, TagOptions tagOptions, CacheExpiry? expires, CallRecord record, CancellationToken cancellationToken, KeyTemplate? template)
    {
        try
        {
            var asked = VersionReads.AwaitAsync(versions);
            if (kept is not null)
            {
                var known = await asked.ConfigureAwait(false);
                var value = kept.Take(_pipeline, template);
                if (TagJudge.MayBeFresh(value, known) && await Tagging.Judge.JudgeAsync(value, tags, known, tagOptions.Near, isPlain: false, cancellationToken).ConfigureAwait(false) == TagVerdict.Fresh)
                {
                    PoolTelemetry.CountNear(template, NearOutcome.Hit);
                    record.End(CallResult.Hit, server: null);
                    Audit(key, tags, state, create, codec, options, expires, template);
                    return value.Value!;
                }

                asked = new ValueTask<TagVersions>(known);
            }

            var reading = mayBeNear ? _nearReads.ReadAsync(key, hash, codec.Stored, options.NearAndStale!, template, cancellationToken) : default;
            var (read, now) = await TagCommands.BothAsync(reading, asked).ConfigureAwait(false);
            if (mayBeNear && read.Found && read.IsFresh(options.StaleSeconds))
            {
                var value = _nearReads.Take(read, key, codec.Stored, template);
                if (await Tagging.Judge.JudgeAsync(value, tags, now, tagOptions.Near, isPlain: false, cancellationToken).ConfigureAwait(false) == TagVerdict.Fresh)
                {
                    record.End(CallResult.Hit, read.Server?.Telemetry);
                    Audit(key, tags, state, create, codec, options, expires, template);
                    return value.Value!;
                }
            }
        }
        catch (Exception exception) when (exception is MemcachedException or CacheValueException)
        {
            // The creation finds out by itself, and creates all the same.
        }
        catch (Exception exception) when (record.Fail(exception, server: null))
        {
            throw;
        }

        return await StartTaggedCreation(BeginCreation<Tagged<T>>(key, template), tags, state, create, codec, options, tagOptions, expires, record, cancellationToken, template).ConfigureAwait(false);
    }
}
