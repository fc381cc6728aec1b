namespace TypedCache;

/// <summary>Entries come from clients; <c>default</c> of one knows no pool.</summary>
internal static class EntryOrigin
{
    public static InvalidOperationException Missing(string type) =>
        new($"This {type} is default and belongs to no pool. Take it from a method of a cache client.");
}
