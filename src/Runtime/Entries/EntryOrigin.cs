namespace TypedCache;

/// <summary>Entries come from clients; a <c>default</c> one has no pool.</summary>
internal static class EntryOrigin
{
    public static InvalidOperationException Missing(string type) =>
        new($"This {type} is default and belongs to no pool. Get it from a method of a cache client.");
}
