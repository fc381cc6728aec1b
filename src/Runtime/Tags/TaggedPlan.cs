using System.Runtime.CompilerServices;
using TypedCache.Creation;
using TypedCache.Pool;
using TypedCache.Telemetry;
using TypedCache.Transport;
using TypedCache.Values;

namespace TypedCache.Tags;

/// <summary>
/// A plan whose value has tags: their versions are read before the create function begins, and stored with what it gives, so that an
/// invalidation meanwhile makes the stored value old at once.
/// </summary>
internal sealed class TaggedPlan<TState, T>(
    byte[] key,
    OperationRouter router,
    TagStamps stamps,
    byte[][] tags,
    TState state,
    CreateFunction<TState, T> create,
    TaggedCodec<T> codec,
    GetOrCreateOptions options,
    CacheExpiry? expires,
    CreationTelemetry telemetry)
    : CreationPlan<Tagged<T>>(key, router, codec.Stored, options, expires, telemetry)
{
    private TagStamp _stamp;

    /// <inheritdoc/>
    public override bool Renews => true;

    /// <inheritdoc/>
    public override ValueTask<CacheValue<Tagged<T>>> RenewAsync(Tagged<T> value) => stamps.RenewAsync(_stamp, value, NamedTags.Positions(tags.Length));

    [AsyncMethodBuilder(typeof(CallMethodBuilder<>))]
    public override async ValueTask<CacheItem<Tagged<T>>?> CreateAsync(CancellationToken cancellationToken)
    {
        var stamp = await stamps.BeginAsync(tags, codec, cancellationToken).ConfigureAwait(false);
        _stamp = stamp;

        // The create function must not hold up the thread that brought the versions.
        await HandOver.Shared.SwitchAsync();
        var item = await create.InvokeAsync(state, cancellationToken).ConfigureAwait(false);
        var isStored = item.IsCached && (Options.CacheNull || item.Value is not null);
        var tagged = (await stamps.EndAsync(stamp, [(item.Value, NamedTags.Positions(tags.Length))], codec, cancellationToken).ConfigureAwait(false))[0];
        return isStored && tagged.IsVersioned ? new CacheItem<Tagged<T>>(tagged, item.Expires) : CacheItem<Tagged<T>>.NotCached(tagged);
    }

    /// <inheritdoc/>
    [AsyncMethodBuilder(typeof(CallMethodBuilder<>))]
    public override async ValueTask<CacheItem<Tagged<T>>?> CreateUnstoredAsync(CancellationToken cancellationToken)
    {
        var item = await create.InvokeAsync(state, cancellationToken).ConfigureAwait(false);
        var value = new Tagged<T> { IsFound = true, Value = item.Value };
        return item.IsCached ? new CacheItem<Tagged<T>>(value, item.Expires) : CacheItem<Tagged<T>>.NotCached(value);
    }

    /// <inheritdoc/>
    public override bool IsSame(ValuePipeline pipeline, Tagged<T> stored, Tagged<T> created) => pipeline.AreSame(codec.Plain, stored.Value, created.Value);

    /// <inheritdoc/>
    public override ValueTask<bool> HoldsAsync(Tagged<T> stored) => stamps.HoldsAsync(tags, stored);
}
