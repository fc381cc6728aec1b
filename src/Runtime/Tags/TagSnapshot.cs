using TypedCache.Tags;

namespace TypedCache;

/// <summary>
/// The versions that tags had before a value was made (<see cref="MemcachedPool.SnapshotTagsAsync"/>). A value that is stored with them counts as
/// made then: what was invalidated or removed since makes it old at once.
/// </summary>
/// <typeparam name="T">The type of the values.</typeparam>
public sealed class TagSnapshot<T>
{
    internal TagSnapshot(TagStamp stamp, TaggedCodec<T> codec)
    {
        Stamp = stamp;
        Codec = codec;
    }

    /// <summary>The versions.</summary>
    internal TagStamp Stamp { get; }

    /// <summary>Has the tags whose keys are stored.</summary>
    internal TaggedCodec<T> Codec { get; }
}
