using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using TypedCache.Hashing;

#pragma warning disable CA5350, CA5351 // The clients use them.

namespace TypedCache.Tests.Hashing.OtherClients;

/// <summary>
/// What other clients do when servers are down, written down once more from what is known of them, in the plainest way. A key is text; the answer
/// is the position of its server, or -1 for none.
/// </summary>
internal static class ReferenceClients
{
    private const int None = -1;

    /// <summary>The ring is built anew of the servers that are left.</summary>
    public static Func<string, int> EnyimCore(HashServer[] servers, Func<int, bool> isDown)
    {
        var ring = new ReferenceRing();
        foreach (var server in Left(servers, isDown))
        {
            for (var i = 0; i < 100; i++)
            {
                ring.Add(Fnv1a($"{i}-{NameOf(servers[server])}", 2166136261), server);
            }
        }

        return key => ring.Enyim(Fnv1a(key, 2166136261));
    }

    public static Func<string, int> EnyimLegacy(HashServer[] servers, Func<int, bool> isDown)
    {
        var ring = new ReferenceRing();
        foreach (var server in Left(servers, isDown))
        {
            for (var i = 0; i < 100; i++)
            {
                ring.Add(Fnv1a($"{NameOf(servers[server])}-{i}", i == 0 ? 0 : 2166136261), server);
            }
        }

        return key => ring.Enyim(Fnv1a(key, 0));
    }

    /// <summary>The ring stays, and is asked for other hashes, as often as there are servers.</summary>
    public static Func<string, int> EnyimKetama(HashServer[] servers, Func<int, bool> isDown)
    {
        var ring = Md5Ring(servers, static _ => false, NameOf);
        return key =>
        {
            var found = ring.Enyim(Md5(key));
            for (var n = 0; n < servers.Length && isDown(found); n++)
            {
                ulong hash = Md5(n.ToString(CultureInfo.InvariantCulture) + key);
                hash += hash ^ (hash >> 32);
                found = ring.Enyim((uint)hash);
            }

            return isDown(found) ? None : found;
        };
    }

    public static Func<string, int> Pymemcache(HashServer[] servers, Func<int, bool> isDown) => key => Left(servers, isDown)
        .OrderByDescending(server => Murmur3([.. $"{NameOf(servers[server])}-{key}".EnumerateRunes().Select(character => (byte)character.Value)]))
        .ThenByDescending(server => NameOf(servers[server]), StringComparer.Ordinal).First();

    public static Func<string, int> PythonMemcached(HashServer[] servers, Func<int, bool> isDown) => key =>
    {
        var hash = Folded(Encoding.UTF8.GetBytes(key));
        for (var i = 0; i < 10; i++)
        {
            var server = (int)(hash % (uint)servers.Length);
            if (!isDown(server))
            {
                return server;
            }

            hash = Folded(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{hash}{i}")));
        }

        return None;
    };

    public static Func<string, int> Dalli(HashServer[] servers, Func<int, bool> isDown)
    {
        var ring = new ReferenceRing();
        for (var server = 0; server < servers.Length; server++)
        {
            for (var i = 0; i < 160; i++)
            {
                ring.Add(BinaryPrimitives.ReadUInt32BigEndian(SHA1.HashData(Encoding.UTF8.GetBytes($"{NameOf(servers[server])}:{i}"))), server);
            }
        }

        return key =>
        {
            var hash = Crc32(Encoding.UTF8.GetBytes(key));
            for (var i = 0; i < 20; i++)
            {
                var server = ring.Floor(hash);
                if (!isDown(server))
                {
                    return server;
                }

                hash = Crc32(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{i}{key}")));
            }

            return None;
        };
    }

    /// <summary>spymemcached and xmemcached without a ring.</summary>
    public static Func<string, int> NextIndex(HashServer[] servers, Func<int, bool> isDown) => key => Next(servers, isDown, key.Aggregate(0u, static (hash, unit) => (hash * 31) + unit));

    public static Func<string, int> Memjs(HashServer[] servers, Func<int, bool> isDown) => key =>
        Next(servers, isDown, (uint)Math.Abs((long)(int)key.Aggregate(0u, static (hash, unit) => (hash * 31) + unit)));

    public static Func<string, int> Gomemcache(HashServer[] servers, Func<int, bool> isDown) => key => Next(servers, isDown, Crc32(Encoding.UTF8.GetBytes(key)));

    /// <summary>spymemcached's ring: 7 tries in all.</summary>
    public static Func<string, int> SpymemcachedKetama(HashServer[] servers, Func<int, bool> isDown) => Added(servers, isDown, NameOf, first: 0, tries: 7);

    /// <summary>xmemcached's ring: as many tries as there are servers, after the first.</summary>
    public static Func<string, int> XmemcachedKetama(HashServer[] servers, Func<int, bool> isDown) =>
        Added(servers, isDown, static server => $"/{NameOf(server)}", first: 1, tries: servers.Length + 1);

    public static Func<string, int> XmemcachedElection(HashServer[] servers, Func<int, bool> isDown) => key =>
        Left(servers, isDown).MaxBy(server => Md5($"/{NameOf(servers[server])}-0{key}"));

    /// <summary>npm memcached's ring, built anew of the servers that are left.</summary>
    public static Func<string, int> NodeMemcached(HashServer[] servers, Func<int, bool> isDown)
    {
        var ring = Md5Ring(servers, isDown, static server => server.Host);
        return key => ring.Ceiling(Md5(key));
    }

    /// <summary>twemproxy's ring, built anew of the servers that are left.</summary>
    public static Func<string, int> Twemproxy(HashServer[] servers, Func<int, bool> isDown)
    {
        var ring = Md5Ring(servers, isDown, static server => server.Host);
        return key => ring.Ceiling(SignedFnv1a(key));
    }

    /// <summary>The remainder of a division by the number of servers that are left. Those of list L07 are sorted.</summary>
    public static Func<string, int> TwemproxyModula(HashServer[] servers, Func<int, bool> isDown)
    {
        var left = Left(servers, isDown).ToArray();
        return key => left[SignedFnv1a(key) % (uint)left.Length];
    }

    private static string NameOf(HashServer server) => $"{server.Host}:{server.Port}";

    private static IEnumerable<int> Left(HashServer[] servers, Func<int, bool> isDown) => Enumerable.Range(0, servers.Length).Where(server => !isDown(server));

    private static int Next(HashServer[] servers, Func<int, bool> isDown, uint hash)
    {
        var first = (int)(hash % (uint)servers.Length);
        return Enumerable.Range(first, servers.Length).Select(i => i % servers.Length).Where(server => !isDown(server)).Append(None).First();
    }

    private static Func<string, int> Added(HashServer[] servers, Func<int, bool> isDown, Func<HashServer, string> nameOf, int first, int tries)
    {
        var ring = Md5Ring(servers, static _ => false, nameOf);
        return key =>
        {
            long hash = Md5(key);
            for (var i = 0; i < tries; i++)
            {
                var server = ring.Ceiling((uint)hash);
                if (!isDown(server))
                {
                    return server;
                }

                long more = Md5((first + i).ToString(CultureInfo.InvariantCulture) + key);
                hash += (int)(more ^ (more >> 32));
                hash &= 0xFFFFFFFF;
            }

            return None;
        };
    }

    private static ReferenceRing Md5Ring(HashServer[] servers, Func<int, bool> isDown, Func<HashServer, string> nameOf)
    {
        var ring = new ReferenceRing();
        foreach (var server in Left(servers, isDown))
        {
            for (var i = 0; i < 40; i++)
            {
                var digest = MD5.HashData(Encoding.UTF8.GetBytes($"{nameOf(servers[server])}-{i}"));
                for (var word = 0; word < 4; word++)
                {
                    ring.Add(BinaryPrimitives.ReadUInt32LittleEndian(digest.AsSpan(word * 4)), server);
                }
            }
        }

        return ring;
    }

    private static uint Md5(string text) => BinaryPrimitives.ReadUInt32LittleEndian(MD5.HashData(Encoding.UTF8.GetBytes(text)));

    private static uint Fnv1a(string text, uint offset) => Encoding.UTF8.GetBytes(text).Aggregate(offset, static (hash, value) => (hash ^ value) * 16777619);

    private static uint SignedFnv1a(string text) => Encoding.UTF8.GetBytes(text).Aggregate(0x84222325u, static (hash, value) => (hash ^ (uint)(sbyte)value) * 0x1B3);

    private static uint Folded(byte[] bytes) => (Crc32(bytes) >> 16) & 0x7FFF;

    private static uint Crc32(byte[] bytes)
    {
        var crc = ~0u;
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ 0xEDB88320;
            }
        }

        return ~crc;
    }

    private static uint Murmur3(byte[] bytes)
    {
        var hash = 0u;
        foreach (var block in bytes.Chunk(4))
        {
            var word = block.Reverse().Aggregate(0u, static (bits, value) => (bits << 8) | value);
            hash ^= BitOperations.RotateLeft(word * 0xCC9E2D51, 15) * 0x1B873593;
            hash = block.Length == 4 ? (BitOperations.RotateLeft(hash, 13) * 5) + 0xE6546B64 : hash;
        }

        hash ^= (uint)bytes.Length;
        hash = (hash ^ (hash >> 16)) * 0x85EBCA6B;
        hash = (hash ^ (hash >> 13)) * 0xC2B2AE35;
        return hash ^ (hash >> 16);
    }
}
