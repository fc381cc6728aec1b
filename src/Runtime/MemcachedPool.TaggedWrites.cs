using System.Runtime.CompilerServices;
using TypedCache.Keys;
using TypedCache.Protocol;
using TypedCache.Tags;
using TypedCache.Telemetry;
using TypedCache.Transport;

namespace TypedCache;

public sealed partial class MemcachedPool
{
    /// <summary>Stores a value with the versions that its tags have, whether or not there is one.</summary>
    /// <remarks>The versions are asked for first, all at once, and tags that are missing are made; then the value's bytes are written and sent.</remarks>
    /// <param name="key">The key, 1 to 250 bytes without spaces and control characters.</param>
    /// <param name="tags">The tags of the value, at most 8, in the same order as in all calls for the key.</param>
    /// <param name="value">The value. It must not change until this has completed.</param>
    /// <param name="codec">Writes the value's bytes.</param>
    /// <param name="expires">When the value expires; never by default.</param>
    /// <param name="cancellationToken">Cancels the wait; the value may still be stored.</param>
    /// <param name="template">What the key is called in metrics and traces; null: it is told apart from no others.</param>
    /// <exception cref="ArgumentException">There are more than 8 tags, or the value is too large.</exception>
    public ValueTask SetTaggedAsync<T>(
        ReadOnlySpan<byte> key, in TagKeys tags, T value, TaggedCodec<T> codec, CacheExpiry expires = default, CancellationToken cancellationToken = default, KeyTemplate? template = null)
    {
        CheckTaggedWrite(key, tags, codec, template);
        return cancellationToken.IsCancellationRequested
            ? ValueTask.FromCanceled(cancellationToken)
            : SetStampedAsync(key.ToArray(), NamedTags.Copy(tags), value, codec, expires, cancellationToken, template);
    }

    /// <summary>
    /// Reads the versions of tags before a value is made by other means than a get-or-create operation. Stored with this snapshot, the value is old
    /// at once if one of the tags has been invalidated or removed in between.
    /// </summary>
    /// <param name="tags">The tags of the value, at most 8, in the same order as in all calls for the key. Those that are missing are made.</param>
    /// <param name="codec">Writes the value's bytes.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <exception cref="ArgumentException">There are more than 8 tags.</exception>
    public ValueTask<TagSnapshot<T>> SnapshotTagsAsync<T>(in TagKeys tags, TaggedCodec<T> codec, CancellationToken cancellationToken = default)
    {
        ThrowIfDisposed();
        ArgumentNullException.ThrowIfNull(codec);
        NamedTags.CheckCount(tags);
        return cancellationToken.IsCancellationRequested
            ? ValueTask.FromCanceled<TagSnapshot<T>>(cancellationToken)
            : TakeSnapshotAsync(NamedTags.Copy(tags), codec, cancellationToken);
    }

    /// <summary>Stores a value with the versions that its tags had before it was made, whether or not there is one.</summary>
    /// <param name="key">The key, 1 to 250 bytes without spaces and control characters.</param>
    /// <param name="snapshot">The versions, read before the value was made; with the tags and the codec.</param>
    /// <param name="value">The value. It must not change until this has completed.</param>
    /// <param name="expires">When the value expires; never by default.</param>
    /// <param name="cancellationToken">Cancels the wait; the value may still be stored.</param>
    /// <param name="template">What the key is called in metrics and traces; null: it is told apart from no others.</param>
    /// <returns>
    /// Whether it was stored. Where tags come from the value itself (<see cref="ValueTags{T}"/>) it is not, if a tag of their templates has been
    /// changed since the snapshot, or a server of theirs cannot be reached.
    /// </returns>
    /// <exception cref="ArgumentException">The value is too large.</exception>
    public ValueTask<bool> SetTaggedAsync<T>(
        ReadOnlySpan<byte> key, TagSnapshot<T> snapshot, T value, CacheExpiry expires = default, CancellationToken cancellationToken = default, KeyTemplate? template = null)
    {
        ThrowIfDisposed();
        ArgumentNullException.ThrowIfNull(snapshot);
        CacheKeyWriter.Validate(key, KeyTemplate.Cover(template));
        return cancellationToken.IsCancellationRequested
            ? ValueTask.FromCanceled<bool>(cancellationToken)
            : SetSnapshotAsync(key.ToArray(), snapshot, value, expires, cancellationToken, template);
    }

    /// <summary>Stores a value with the versions that its tags have only if there is none; one of which a tag was invalidated counts as there.</summary>
    /// <inheritdoc cref="SetTaggedAsync{T}(ReadOnlySpan{byte}, in TagKeys, T, TaggedCodec{T}, CacheExpiry, CancellationToken, KeyTemplate)" path="/remarks|/param|/exception"/>
    /// <returns>Whether it was stored.</returns>
    public ValueTask<bool> AddTaggedAsync<T>(
        ReadOnlySpan<byte> key, in TagKeys tags, T value, TaggedCodec<T> codec, CacheExpiry expires = default, CancellationToken cancellationToken = default, KeyTemplate? template = null) =>
        StoreTaggedIf(Verb.Add, CallKind.Add, key, tags, value, codec, expires, cancellationToken, template);

    /// <summary>Stores a value with the versions that its tags have only if there is one; one of which a tag was invalidated counts as there.</summary>
    /// <inheritdoc cref="AddTaggedAsync{T}" path="/remarks|/param|/exception|/returns"/>
    public ValueTask<bool> ReplaceTaggedAsync<T>(
        ReadOnlySpan<byte> key, in TagKeys tags, T value, TaggedCodec<T> codec, CacheExpiry expires = default, CancellationToken cancellationToken = default, KeyTemplate? template = null) =>
        StoreTaggedIf(Verb.Replace, CallKind.Replace, key, tags, value, codec, expires, cancellationToken, template);

    /// <summary>Stores a value with the versions that its tags have only if what is stored has not changed since it was read.</summary>
    /// <param name="key">The key, 1 to 250 bytes without spaces and control characters.</param>
    /// <param name="tags">The tags of the value, at most 8, in the same order as in all calls for the key.</param>
    /// <param name="value">The value. It must not change until this has completed.</param>
    /// <param name="cas">What came with the value that it replaces (<see cref="CacheValue{T}.Cas"/>).</param>
    /// <param name="codec">Writes the value's bytes.</param>
    /// <param name="expires">When the value expires; never by default.</param>
    /// <param name="cancellationToken">Cancels the wait; the value may still be stored.</param>
    /// <param name="template">What the key is called in metrics and traces; null: it is told apart from no others.</param>
    /// <exception cref="ArgumentException">There are more than 8 tags, the value is too large, or the CAS number is 0.</exception>
    public ValueTask<CasResult> CompareAndSetTaggedAsync<T>(
        ReadOnlySpan<byte> key, in TagKeys tags, T value, CasToken cas, TaggedCodec<T> codec, CacheExpiry expires = default, CancellationToken cancellationToken = default, KeyTemplate? template = null)
    {
        ThrowIfNoCas(cas);
        CheckTaggedWrite(key, tags, codec, template);
        return cancellationToken.IsCancellationRequested
            ? ValueTask.FromCanceled<CasResult>(cancellationToken)
            : CompareAndSetStampedAsync(key.ToArray(), NamedTags.Copy(tags), value, cas, codec, expires, cancellationToken, template);
    }

    /// <summary>Stores many values with the versions that their tags have, whether or not there are any; on all servers in parallel.</summary>
    /// <param name="items">The items, one for each key, with their values.</param>
    /// <param name="state">The arguments that all keys share.</param>
    /// <param name="key">Writes the key of an item.</param>
    /// <param name="tags">Writes the keys of an item's tags, at most 8.</param>
    /// <param name="policy">What happens to arguments that memcached would not accept in a key.</param>
    /// <param name="codec">Writes the values' bytes, when the versions are known.</param>
    /// <param name="expires">When the values expire; never by default.</param>
    /// <param name="cancellationToken">Cancels the wait; the values may still be stored.</param>
    /// <param name="template">What the keys are called in metrics and traces; null: they are told apart from no others.</param>
    /// <inheritdoc cref="SetManyAsync{TState, TItem, T}" path="/remarks"/>
    /// <exception cref="ArgumentException">Keys and values have more than 2 GiB, or an item has more than 8 tags; nothing is stored.</exception>
    public ValueTask SetManyTaggedAsync<TState, TItem, T>(
        IEnumerable<KeyValuePair<TItem, T>> items, TState state, BatchKey<TState, TItem> key, TagKeysOf<TState, TItem> tags, KeyPolicy policy, TaggedCodec<T> codec, CacheExpiry expires = default, CancellationToken cancellationToken = default, KeyTemplate? template = null)
        where TItem : notnull
    {
        CheckTaggedBatch(items, key, tags, codec);
        return cancellationToken.IsCancellationRequested
            ? ValueTask.FromCanceled(cancellationToken)
            : SetManyStampedAsync(NewTaggedItems(items, state, tags), state, key, policy, codec, expires, cancellationToken, template);
    }

    /// <summary>Stores those of many values of which there are none, with the versions that their tags have; on all servers in parallel.</summary>
    /// <inheritdoc cref="SetManyTaggedAsync{TState, TItem, T}" path="/remarks|/exception|/param"/>
    /// <returns>The items whose values were stored.</returns>
    public ValueTask<HashSet<TItem>> AddManyTaggedAsync<TState, TItem, T>(
        IEnumerable<KeyValuePair<TItem, T>> items, TState state, BatchKey<TState, TItem> key, TagKeysOf<TState, TItem> tags, KeyPolicy policy, TaggedCodec<T> codec, CacheExpiry expires = default, CancellationToken cancellationToken = default, KeyTemplate? template = null)
        where TItem : notnull
    {
        CheckTaggedBatch(items, key, tags, codec);
        return cancellationToken.IsCancellationRequested
            ? ValueTask.FromCanceled<HashSet<TItem>>(cancellationToken)
            : AddManyStampedAsync(NewTaggedItems(items, state, tags), state, key, policy, codec, expires, cancellationToken, template);
    }

    private static void CheckTaggedBatch<T>(object items, Delegate key, Delegate tags, TaggedCodec<T> codec)
    {
        ArgumentNullException.ThrowIfNull(items);
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(tags);
        ArgumentNullException.ThrowIfNull(codec);
    }

    private void CheckTaggedWrite<T>(ReadOnlySpan<byte> key, in TagKeys tags, TaggedCodec<T> codec, KeyTemplate? template)
    {
        ThrowIfDisposed();
        ArgumentNullException.ThrowIfNull(codec);
        NamedTags.CheckCount(tags);
        CacheKeyWriter.Validate(key, KeyTemplate.Cover(template));
    }

    private TaggedItems<TItem, T> NewTaggedItems<TState, TItem, T>(IEnumerable<KeyValuePair<TItem, T>> items, TState state, TagKeysOf<TState, TItem> tags)
    {
        ThrowIfDisposed();
        var tagged = new TaggedItems<TItem, T>();
        Span<byte> buffer = stackalloc byte[NamedTags.MaxNamed * TagKeys.SizePerTag];
        foreach (var (item, value) in items)
        {
            var keys = new TagKeys(buffer, MaxKeyLength);
            tags(ref keys, state, item);
            NamedTags.CheckCount(keys);
            tagged.Add(item, value, keys);
        }

        return tagged;
    }

    [AsyncMethodBuilder(typeof(CallMethodBuilder<>))]
    private async ValueTask<Tagged<T>> StampAsync<T>(byte[][] tags, T value, TaggedCodec<T> codec, CancellationToken cancellationToken) =>
        (await Tagging.Stamps.StampAsync(tags, [(value, NamedTags.Positions(tags.Length))], codec, cancellationToken).ConfigureAwait(false))[0];

    [AsyncMethodBuilder(typeof(CallMethodBuilder<>))]
    private async ValueTask<TagSnapshot<T>> TakeSnapshotAsync<T>(byte[][] tags, TaggedCodec<T> codec, CancellationToken cancellationToken) =>
        new(await Tagging.Stamps.ReadAsync(0, tags, codec, cancellationToken).ConfigureAwait(false), codec);

    [AsyncMethodBuilder(typeof(CallMethodBuilder<>))]
    private async ValueTask<bool> SetSnapshotAsync<T>(
        byte[] key, TagSnapshot<T> snapshot, T value, CacheExpiry expires, CancellationToken cancellationToken, KeyTemplate? template)
    {
        var (stamp, codec) = (snapshot.Stamp, snapshot.Codec);
        var tagged = (await Tagging.Stamps.EndAsync(stamp, [(value, NamedTags.Positions(stamp.Versions!.Length))], codec, cancellationToken).ConfigureAwait(false))[0];
        if (tagged.IsVersioned)
        {
            await StoreAlways(key, tagged, codec.Stored, expires, cancellationToken, template).ConfigureAwait(false);
        }

        return tagged.IsVersioned;
    }

    private ValueTask<bool> StoreTaggedIf<T>(
        Verb verb, CallKind kind, ReadOnlySpan<byte> key, in TagKeys tags, T value, TaggedCodec<T> codec, CacheExpiry expires, CancellationToken cancellationToken, KeyTemplate? template)
    {
        CheckTaggedWrite(key, tags, codec, template);
        return cancellationToken.IsCancellationRequested
            ? ValueTask.FromCanceled<bool>(cancellationToken)
            : StoreStampedIfAsync(verb, kind, key.ToArray(), NamedTags.Copy(tags), value, codec, expires, cancellationToken, template);
    }

    [AsyncMethodBuilder(typeof(CallMethodBuilder))]
    private async ValueTask SetStampedAsync<T>(
        byte[] key, byte[][] tags, T value, TaggedCodec<T> codec, CacheExpiry expires, CancellationToken cancellationToken, KeyTemplate? template)
    {
        var tagged = await StampAsync(tags, value, codec, cancellationToken).ConfigureAwait(false);
        await StoreAlways(key, tagged, codec.Stored, expires, cancellationToken, template).ConfigureAwait(false);
    }

    [AsyncMethodBuilder(typeof(CallMethodBuilder<>))]
    private async ValueTask<bool> StoreStampedIfAsync<T>(
        Verb verb, CallKind kind, byte[] key, byte[][] tags, T value, TaggedCodec<T> codec, CacheExpiry expires, CancellationToken cancellationToken, KeyTemplate? template)
    {
        var tagged = await StampAsync(tags, value, codec, cancellationToken).ConfigureAwait(false);
        return await StoreIf(verb, kind, key, tagged, codec.Stored, expires, cancellationToken, template).ConfigureAwait(false);
    }

    [AsyncMethodBuilder(typeof(CallMethodBuilder<>))]
    private async ValueTask<CasResult> CompareAndSetStampedAsync<T>(
        byte[] key, byte[][] tags, T value, CasToken cas, TaggedCodec<T> codec, CacheExpiry expires, CancellationToken cancellationToken, KeyTemplate? template)
    {
        var tagged = await StampAsync(tags, value, codec, cancellationToken).ConfigureAwait(false);
        return await CompareAndSetAsync(key, tagged, cas, codec.Stored, expires, cancellationToken, template).ConfigureAwait(false);
    }

    [AsyncMethodBuilder(typeof(CallMethodBuilder))]
    private async ValueTask SetManyStampedAsync<TState, TItem, T>(
        TaggedItems<TItem, T> items, TState state, BatchKey<TState, TItem> key, KeyPolicy policy, TaggedCodec<T> codec, CacheExpiry expires, CancellationToken cancellationToken, KeyTemplate? template)
        where TItem : notnull
    {
        var tagged = await Tagging.Stamps.StampAsync(items, codec, cancellationToken).ConfigureAwait(false);
        await SetManyAsync(tagged, state, key, policy, codec.Stored, expires, cancellationToken, template).ConfigureAwait(false);
    }

    [AsyncMethodBuilder(typeof(CallMethodBuilder<>))]
    private async ValueTask<HashSet<TItem>> AddManyStampedAsync<TState, TItem, T>(
        TaggedItems<TItem, T> items, TState state, BatchKey<TState, TItem> key, KeyPolicy policy, TaggedCodec<T> codec, CacheExpiry expires, CancellationToken cancellationToken, KeyTemplate? template)
        where TItem : notnull
    {
        var tagged = await Tagging.Stamps.StampAsync(items, codec, cancellationToken).ConfigureAwait(false);
        return await AddManyAsync(tagged, state, key, policy, codec.Stored, expires, cancellationToken, template).ConfigureAwait(false);
    }
}
