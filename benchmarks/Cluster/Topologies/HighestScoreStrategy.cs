using System.Text;
using TypedCache.Benchmarks.Cluster.Load;
using TypedCache.Hashing;

namespace TypedCache.Benchmarks.Cluster.Topologies;

/// <summary>Rendezvous hashing by its definition: each server has a score for the key, and the highest wins. Weights are not used.</summary>
internal sealed class HighestScoreStrategy(IReadOnlyList<HashServer> servers) : IHashStrategy
{
    private readonly ulong[] _seeds = [.. servers.Select(server => Fnv(Encoding.UTF8.GetBytes($"{server.Host}:{server.Port}")))];

    public int Find(ReadOnlySpan<byte> key)
    {
        var hash = Fnv(key);
        var best = 0;
        var highest = 0UL;
        for (var i = 0; i < _seeds.Length; i++)
        {
            var score = Dice.Mix(hash ^ _seeds[i]);
            if (score >= highest)
            {
                highest = score;
                best = i;
            }
        }

        return best;
    }

    private static ulong Fnv(ReadOnlySpan<byte> bytes)
    {
        var hash = 0xCBF29CE484222325;
        foreach (var value in bytes)
        {
            hash = (hash ^ value) * 0x100000001B3;
        }

        return Dice.Mix(hash);
    }
}
