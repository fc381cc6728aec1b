using TypedCache.Tags;
using TypedCache.Values;

namespace TypedCache;

/// <summary>How values with tags are written and read. Make one object per kind of value and share it; it never changes.</summary>
/// <remarks>
/// Behind a value's own bytes stand the versions that its tags had, 8 bytes for each, and the keys of those that came from the value itself.
/// All of it is compressed together. The bit 0x80 of the client flags says so: reads without tags refuse such a value with a
/// <see cref="CacheValueException"/>, and to reads with tags a value without that bit counts as missing.
/// </remarks>
/// <typeparam name="T">The type of the values.</typeparam>
public sealed class TaggedCodec<T>
{
    /// <summary>Makes a codec for values with tags.</summary>
    /// <param name="codec">Writes and reads the values.</param>
    /// <param name="tags">The tags that come from the values themselves; null: there are none.</param>
    public TaggedCodec(ICacheCodec<T> codec, ValueTags<T>? tags = null)
    {
        ArgumentNullException.ThrowIfNull(codec);
        Plain = codec;
        Stored = new TaggedForm<T>(codec);
        Tags = tags;
    }

    private TaggedCodec(TaggedCodec<T> kind, byte[][] tags)
    {
        Plain = kind.Plain;
        Stored = kind.Stored;
        Tags = kind.Tags;
        StoredTags = tags;
    }

    /// <summary>
    /// Makes a codec for values that have more tags, whose keys are stored with them: for tags that only those who store a value know. Reads
    /// check the tags that a value was stored with, by whichever of these codecs.
    /// </summary>
    /// <param name="tags">The tags, at most 32 together with those that come from the values. They take the place of those of an earlier call.</param>
    /// <returns>A small object of the same kind: callers who use one or the other share what is created, and what is kept in the process.</returns>
    /// <remarks>Unlike for tags that come from values, a create function can be under way when some other tag is changed.</remarks>
    public TaggedCodec<T> WithTags(in TagKeys tags) => new(this, NamedTags.Copy(tags));

    /// <summary>Writes and reads the values alone.</summary>
    internal ICacheCodec<T> Plain { get; }

    /// <summary>Writes and reads the values with their versions.</summary>
    internal ICacheCodec<Tagged<T>> Stored { get; }

    /// <summary>The tags that come from the values themselves.</summary>
    internal ValueTags<T>? Tags { get; }

    /// <summary>The keys of the other tags that are stored with the values.</summary>
    internal byte[][] StoredTags { get; } = [];

    /// <summary>Whether keys of tags are stored with the values.</summary>
    internal bool HasOwnTags => Tags is not null || StoredTags.Length > 0;
}
