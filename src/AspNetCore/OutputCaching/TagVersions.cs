using System.Security.Cryptography;
using TypedCache.Keys;
using TypedCache.Values;

namespace TypedCache.AspNetCore;

/// <summary>
/// The versions of tags: a counter for each. A response is valid while all its tags have the versions with which it was stored. Counters
/// begin at random, so that one that memcached has lost comes back with a version that no response has.
/// </summary>
/// <param name="pool">The servers.</param>
/// <param name="instanceName">Precedes every key.</param>
internal sealed class TagVersions(MemcachedPool pool, string instanceName)
{
    private readonly KeyTemplate _template = new(instanceName.TrimEnd(':'), "tag:{tag}");

    /// <summary>Reads the versions of tags that have one, with one request for each server.</summary>
    public ValueTask<CacheValues<string, ulong>> ReadAsync(string[] tags, CancellationToken cancellationToken) =>
        pool.GetManyAsync(tags, instanceName, WriteKey, KeyPolicy.Escape, CacheCodecs.UInt64, cancellationToken, _template);

    /// <summary>The version of a tag, which gets one if it has none.</summary>
    public ValueTask<ulong> EnsureAsync(string tag, CancellationToken cancellationToken) => CountAsync(tag, by: 0, cancellationToken);

    /// <summary>Gives a tag another version.</summary>
    public ValueTask<ulong> ChangeAsync(string tag, CancellationToken cancellationToken) => CountAsync(tag, by: 1, cancellationToken);

    private static void WriteKey(ref CacheKeyWriter key, string instanceName, string tag)
    {
        key.Append(instanceName);
        key.AppendLiteral("tag:"u8);
        key.Append(tag);
    }

    private ValueTask<ulong> CountAsync(string tag, ulong by, CancellationToken cancellationToken)
    {
        var writer = new CacheKeyWriter(stackalloc byte[CacheKeyWriter.StackSize], KeyPolicy.Escape, pool.MaxKeyLength);
        WriteKey(ref writer, instanceName, tag);
        return pool.IncrementAsync(writer.Finish(), by, NewVersion(), CacheExpiry.Never, cancellationToken, _template);
    }

    private static ulong NewVersion()
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        RandomNumberGenerator.Fill(bytes);
        return BitConverter.ToUInt64(bytes);
    }
}
