namespace TypedCache;

/// <summary>Where a key belongs.</summary>
/// <param name="WireKey">The bytes of the key as they go over the wire.</param>
/// <param name="Servers">The key's own server, then the others in the order in which they are tried if it has failed.</param>
public sealed record KeyLocation(ReadOnlyMemory<byte> WireKey, IReadOnlyList<MemcachedServer> Servers);
