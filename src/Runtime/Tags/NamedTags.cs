namespace TypedCache.Tags;

/// <summary>Keys of tags, for as long as a call waits.</summary>
internal static class NamedTags
{
    /// <summary>The most tags that a call itself can name.</summary>
    public const int MaxNamed = TagVersions.MaxCount;

    /// <summary>The keys, off the stack.</summary>
    public static byte[][] Copy(in TagKeys tags)
    {
        if (tags.Count == 0)
        {
            return [];
        }

        var keys = new byte[tags.Count][];
        for (var i = 0; i < keys.Length; i++)
        {
            keys[i] = tags[i].ToArray();
        }

        return keys;
    }

    /// <summary>The positions of so many tags among themselves.</summary>
    public static int[] Positions(int count)
    {
        var positions = new int[count];
        for (var i = 0; i < count; i++)
        {
            positions[i] = i;
        }

        return positions;
    }

    /// <summary>Checks how many tags a call names.</summary>
    /// <exception cref="ArgumentException">There are too many.</exception>
    public static void CheckCount(in TagKeys tags)
    {
        if (tags.Count > MaxNamed)
        {
            throw new ArgumentException($"The call names {tags.Count} tags; a value can have {MaxNamed} of them, besides those that come from itself.", nameof(tags));
        }
    }
}
