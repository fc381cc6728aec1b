using System.Buffers;
using System.Buffers.Text;
using System.Globalization;

namespace TypedCache.Hashing;

/// <summary>
/// Which share of the keys has another server after a change, as 16,384 sample keys show it. They are the same everywhere, so that
/// everybody finds the same share; that of all keys is within 1 % of it.
/// </summary>
public static class MovedShare
{
    /// <summary>How many sample keys there are.</summary>
    public const int SampleCount = 16_384;

    private const int HexDigits = 16;

    /// <summary>Compares two lists. A server is the same in both if it has the same host and port.</summary>
    /// <param name="before">Chooses among the servers before.</param>
    /// <param name="serversBefore">The servers that it was created from.</param>
    /// <param name="after">Chooses among those after.</param>
    /// <param name="serversAfter">The servers that it was created from.</param>
    /// <param name="keyPrefix">What every key begins with, where it is hashed.</param>
    /// <returns>0 (no key moves) to 1 (all do).</returns>
    public static double Between(
        IHashStrategy before, IReadOnlyList<HashServer> serversBefore, IHashStrategy after, IReadOnlyList<HashServer> serversAfter, ReadOnlySpan<byte> keyPrefix = default)
    {
        ArgumentNullException.ThrowIfNull(serversBefore);
        ArgumentNullException.ThrowIfNull(serversAfter);
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        var placesBefore = PlacesOf(serversBefore, places);
        var placesAfter = PlacesOf(serversAfter, places);
        var (homesBefore, homesAfter) = (FindServers(before, keyPrefix), FindServers(after, keyPrefix));
        var moved = 0;
        for (var i = 0; i < SampleCount; i++)
        {
            moved += placesBefore[homesBefore[i]] == placesAfter[homesAfter[i]] ? 0 : 1;
        }

        return (double)moved / SampleCount;
    }

    /// <summary>Finds the servers of the sample keys.</summary>
    /// <param name="strategy">Chooses them.</param>
    /// <param name="keyPrefix">What every key begins with, where it is hashed.</param>
    /// <returns>For each sample key, always in the same order, the position of its server.</returns>
    public static int[] FindServers(IHashStrategy strategy, ReadOnlySpan<byte> keyPrefix = default)
    {
        ArgumentNullException.ThrowIfNull(strategy);
        var key = new byte[keyPrefix.Length + HexDigits];
        keyPrefix.CopyTo(key);
        var homes = new int[SampleCount];
        for (var i = 0; i < homes.Length; i++)
        {
            Utf8Formatter.TryFormat(RandomNumber(i), key.AsSpan(keyPrefix.Length), out _, new StandardFormat('x', HexDigits));
            homes[i] = strategy.Find(key);
        }

        return homes;
    }

    // Servers with the same host and port are one place.
    private static int[] PlacesOf(IReadOnlyList<HashServer> servers, Dictionary<string, int> known)
    {
        var places = new int[servers.Count];
        for (var i = 0; i < places.Length; i++)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"{servers[i].Host}:{servers[i].Port}");
            if (!known.TryGetValue(name, out places[i]))
            {
                places[i] = known.Count;
                known.Add(name, places[i]);
            }
        }

        return places;
    }

    // Random, because keys that are counted up would fall into a ring's buckets more evenly than an application's do.
    private static ulong RandomNumber(int index) => BitMixer.Mix((ulong)(index + 1) * BitMixer.Golden);
}
