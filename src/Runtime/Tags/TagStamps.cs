using System.Diagnostics;
using System.Runtime.CompilerServices;
using TypedCache.Transport;

namespace TypedCache.Tags;

/// <summary>Puts the versions of their tags to values that are stored.</summary>
internal sealed class TagStamps(TagCommands commands)
{
    /// <summary>Reads what has to be read before a value is created.</summary>
    /// <param name="tags">The tags that the call names, for all values together.</param>
    /// <param name="codec">Knows whether values have tags of their own.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    [AsyncMethodBuilder(typeof(CallMethodBuilder<>))]
    public async ValueTask<TagStamp> BeginAsync<T>(byte[][] tags, TaggedCodec<T> codec, CancellationToken cancellationToken)
    {
        var begun = Stopwatch.GetTimestamp();
        try
        {
            return await ReadAsync(begun, tags, codec, cancellationToken).ConfigureAwait(false);
        }
        catch (MemcachedException)
        {
            return new TagStamp(begun, null, [], []);
        }
    }

    /// <summary>Reads what has to be read before a value is made.</summary>
    /// <param name="begun">When, as a timestamp; 0: not by a creation of this process.</param>
    /// <param name="tags">The tags that the call names.</param>
    /// <param name="codec">Knows which tags are stored with values.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="MemcachedException">A server of a tag cannot be reached.</exception>
    [AsyncMethodBuilder(typeof(CallMethodBuilder<>))]
    public async ValueTask<TagStamp> ReadAsync<T>(long begun, byte[][] tags, TaggedCodec<T> codec, CancellationToken cancellationToken)
    {
        var (groups, stored) = (GroupsOf(codec), codec.StoredTags);
        byte[][] all = groups.Length + stored.Length == 0 ? tags : [.. tags, .. stored, .. groups];
        var versions = await commands.AskOrMakeAllAsync(all, cancellationToken).ConfigureAwait(false);
        var named = tags.Length + stored.Length;
        return new TagStamp(begun, versions[..tags.Length], versions[tags.Length..named], versions[named..]);
    }

    /// <summary>Puts the versions to values that were created.</summary>
    /// <param name="stamp">What was read before.</param>
    /// <param name="values">The values, and for each the positions of its tags in the stamp.</param>
    /// <param name="codec">Knows whether values have tags of their own.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>The values. Those that are not <see cref="Tagged{T}.IsVersioned"/> must not be stored.</returns>
    [AsyncMethodBuilder(typeof(CallMethodBuilder<>))]
    public async ValueTask<Tagged<T>[]> EndAsync<T>(TagStamp stamp, (T Value, int[] Tags)[] values, TaggedCodec<T> codec, CancellationToken cancellationToken)
    {
        var tagged = Array.ConvertAll(values, value => Stamp(stamp, value.Value, value.Tags));
        if (stamp.Versions is null || !codec.HasOwnTags)
        {
            return tagged;
        }

        var own = await ReadOwnAsync(stamp, Array.ConvertAll(values, value => value.Value), codec, cancellationToken).ConfigureAwait(false);
        var holds = own is not null && await HoldAsync(stamp, codec, cancellationToken).ConfigureAwait(false);
        for (var i = 0; i < tagged.Length; i++)
        {
            tagged[i] = holds ? WithOwn(tagged[i], own![i]) : Stamp(stamp with { Versions = null }, values[i].Value, values[i].Tags);
        }

        return tagged;
    }

    /// <summary>Puts the versions of now to values that a caller has, and stores.</summary>
    /// <exception cref="MemcachedException">A server of a tag cannot be reached.</exception>
    [AsyncMethodBuilder(typeof(CallMethodBuilder<>))]
    public async ValueTask<Tagged<T>[]> StampAsync<T>(byte[][] tags, (T Value, int[] Tags)[] values, TaggedCodec<T> codec, CancellationToken cancellationToken)
    {
        var stored = codec.StoredTags;
        var versions = await commands.AskOrMakeAllAsync(stored.Length == 0 ? tags : [.. tags, .. stored], cancellationToken).ConfigureAwait(false);
        var stamp = new TagStamp(0, versions[..tags.Length], versions[tags.Length..], []);
        var tagged = Array.ConvertAll(values, value => Stamp(stamp, value.Value, value.Tags));
        if (codec.HasOwnTags)
        {
            var own = await AskOwnAsync(stamp, Array.ConvertAll(values, value => value.Value), codec, cancellationToken).ConfigureAwait(false);
            for (var i = 0; i < tagged.Length; i++)
            {
                tagged[i] = WithOwn(tagged[i], own[i]);
            }
        }

        return tagged;
    }

    /// <summary>Puts the versions of now to values that a caller has, and stores.</summary>
    /// <exception cref="MemcachedException">A server of a tag cannot be reached.</exception>
    [AsyncMethodBuilder(typeof(CallMethodBuilder<>))]
    public async ValueTask<KeyValuePair<TItem, Tagged<T>>[]> StampAsync<TItem, T>(TaggedItems<TItem, T> items, TaggedCodec<T> codec, CancellationToken cancellationToken) =>
        items.With(await StampAsync(items.Tags, items.Values, codec, cancellationToken).ConfigureAwait(false));

    /// <summary>
    /// Puts the versions that the tags had before a create function failed to the stale value that it was to replace, which counts as
    /// fresh until then. What was invalidated or removed since then still counts.
    /// </summary>
    /// <returns>A miss if the value must not be kept.</returns>
    [AsyncMethodBuilder(typeof(CallMethodBuilder<>))]
    public async ValueTask<CacheValue<Tagged<T>>> RenewAsync<T>(TagStamp stamp, Tagged<T> value, int[] tags)
    {
        if (!value.IsVersioned || stamp.Versions is null)
        {
            return default;
        }

        var renewed = Stamp(stamp, value.Value!, tags);
        return IsRemoved(value, renewed) || !await HoldAsync(value.OwnTags).ConfigureAwait(false)
            ? default
            : new CacheValue<Tagged<T>>(WithOwn(renewed, value.OwnTags));
    }

    /// <summary>Whether no tag of a stored value has changed since it was stored.</summary>
    /// <exception cref="MemcachedException">A server of a tag cannot be reached.</exception>
    [AsyncMethodBuilder(typeof(CallMethodBuilder<>))]
    public async ValueTask<bool> HoldsAsync<T>(byte[][] tags, Tagged<T> value)
    {
        var (versions, own) = (value.Versions, value.OwnTags);
        if (!value.IsVersioned || versions.Count != tags.Length)
        {
            return false;
        }

        byte[][] all = own is null ? tags : [.. tags, .. own.Keys];
        var now = await commands.AskAllAsync(all, isPlain: false, CancellationToken.None).ConfigureAwait(false);
        return TagVersion.Compare(versions.Span, now.AsSpan(0, tags.Length)) == TagVerdict.Fresh
            && (own is null || TagVersion.Compare(own.Versions, now.AsSpan(tags.Length)) == TagVerdict.Fresh);
    }

    private static bool IsRemoved<T>(Tagged<T> value, Tagged<T> renewed)
    {
        var (before, after) = (value.Versions, renewed.Versions);
        return TagVersion.Compare(before.Span, after.Span) == TagVerdict.Removed;
    }

    [AsyncMethodBuilder(typeof(CallMethodBuilder<>))]
    private async ValueTask<bool> HoldAsync(OwnTags? own)
    {
        if (own is null)
        {
            return true;
        }

        try
        {
            var now = await commands.AskAllAsync(own.Keys, isPlain: false, CancellationToken.None).ConfigureAwait(false);
            return TagVersion.Compare(own.Versions, now) == TagVerdict.Fresh;
        }
        catch (MemcachedException)
        {
            return false;
        }
    }

    private static Tagged<T> Stamp<T>(TagStamp stamp, T value, int[] tags)
    {
        var versions = default(TagVersions);
        for (var i = 0; i < tags.Length && stamp.Versions is not null; i++)
        {
            versions.Add(stamp.Versions[tags[i]]);
        }

        return new Tagged<T> { IsFound = true, Value = value, IsVersioned = stamp.Versions is not null, Versions = versions, Begun = stamp.Begun };
    }

    private static Tagged<T> WithOwn<T>(Tagged<T> value, OwnTags? own) => new()
    {
        IsFound = true,
        Value = value.Value,
        IsVersioned = true,
        Versions = value.Versions,
        OwnTags = own,
        Begun = value.Begun,
    };

    private byte[][] GroupsOf<T>(TaggedCodec<T> codec) => codec.Tags is { } tags ? commands.GroupKeys(tags.Groups) : [];

    // Null: a server of theirs cannot be reached.
    [AsyncMethodBuilder(typeof(CallMethodBuilder<>))]
    private async ValueTask<OwnTags?[]?> ReadOwnAsync<T>(TagStamp stamp, T[] values, TaggedCodec<T> codec, CancellationToken cancellationToken)
    {
        try
        {
            return await AskOwnAsync(stamp, values, codec, cancellationToken).ConfigureAwait(false);
        }
        catch (MemcachedException)
        {
            return null;
        }
    }

    [AsyncMethodBuilder(typeof(CallMethodBuilder<>))]
    private async ValueTask<OwnTags?[]> AskOwnAsync<T>(TagStamp stamp, T[] values, TaggedCodec<T> codec, CancellationToken cancellationToken)
    {
        var all = new TagTable();
        var positions = new int[values.Length][];
        var keys = new byte[values.Length][][];
        for (var i = 0; i < values.Length; i++)
        {
            keys[i] = codec.Tags?.KeysOf(values[i], commands.MaxKeyLength) ?? [];
            positions[i] = all.Add(keys[i]);
        }

        var versions = await commands.AskOrMakeAllAsync(all.Keys, cancellationToken).ConfigureAwait(false);
        var own = new OwnTags?[values.Length];
        for (var i = 0; i < own.Length; i++)
        {
            own[i] = OwnTags.Of(codec.StoredTags, stamp.Stored, keys[i], Array.ConvertAll(positions[i], position => versions[position]));
        }

        return own;
    }

    // Whoever invalidates a tag of a value that is not stored yet changes the group first.
    [AsyncMethodBuilder(typeof(CallMethodBuilder<>))]
    private async ValueTask<bool> HoldAsync<T>(TagStamp stamp, TaggedCodec<T> codec, CancellationToken cancellationToken)
    {
        try
        {
            var groups = await commands.AskAllAsync(GroupsOf(codec), isPlain: false, cancellationToken).ConfigureAwait(false);
            return TagVersion.Compare(stamp.Groups, groups) == TagVerdict.Fresh;
        }
        catch (MemcachedException)
        {
            return false;
        }
    }
}
