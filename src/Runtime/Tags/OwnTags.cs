namespace TypedCache.Tags;

/// <summary>The tags that are stored with a value: their keys and the versions that they had then.</summary>
internal sealed class OwnTags(byte[][] keys, ulong[] versions)
{
    /// <summary>The most that a value can have.</summary>
    public const int MaxCount = TagKeys.MaxCount;

    public byte[][] Keys => keys;

    public ulong[] Versions => versions;

    /// <summary>Joins the tags that were given with those that came from the value.</summary>
    /// <returns>Null if there are none.</returns>
    /// <exception cref="ArgumentException">There are too many.</exception>
    public static OwnTags? Of(byte[][] given, ulong[] givenVersions, byte[][] fromValue, ulong[] versions)
    {
        var count = given.Length + fromValue.Length;
        return count > MaxCount ? throw new ArgumentException($"The value has {count} tags that are stored with it; there can be {MaxCount}.")
            : given.Length == 0 ? fromValue.Length == 0 ? null : new OwnTags(fromValue, versions)
            : fromValue.Length == 0 ? new OwnTags(given, givenVersions)
            : new OwnTags([.. given, .. fromValue], [.. givenVersions, .. versions]);
    }
}
