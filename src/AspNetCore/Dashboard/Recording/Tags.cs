namespace TypedCache.AspNetCore.Dashboard;

/// <summary>Reads the attributes of measurements.</summary>
internal static class Tags
{
    /// <summary>The value of an attribute; null: there is none.</summary>
    public static object? Find(ReadOnlySpan<KeyValuePair<string, object?>> tags, string name)
    {
        foreach (ref readonly var tag in tags)
        {
            if (tag.Key == name)
            {
                return tag.Value;
            }
        }

        return null;
    }

    /// <summary>The text of an attribute; empty: there is none.</summary>
    public static string Text(ReadOnlySpan<KeyValuePair<string, object?>> tags, string name) => Find(tags, name) as string ?? "";
}
