using System.Globalization;
using System.Text;

namespace TypedCache.Hashing;

/// <summary>
/// Each server draws a number for a key, from the hash of the key and its own name, and the lowest one has the key (rendezvous hashing, or
/// highest random weight: Thaler and Ravishankar, 1998). When a server comes, goes or has another weight, only keys that it gets or loses
/// move; the order of the list does not matter.
/// </summary>
/// <remarks>
/// <para>
/// With weights, the number is that of an exponential distribution: the logarithm, divided by the weight. It is computed in integers, so that
/// every machine gives a key the same server.
/// </para>
/// <para>
/// Shares are as even as chance is: with 10 servers, shares of 4 million keys are off by less than 1 %. All servers are asked, which takes
/// a nanosecond or two for each. A server that is listed twice has no more keys than once, under the higher of its weights.
/// </para>
/// </remarks>
public sealed class RendezvousHashStrategy : IHashStrategy
{
    // Above every logarithm, and far enough below 2^64 for the largest weight.
    private const ulong NoLogarithm = 1UL << 47;

    private readonly IHashFunction _function;

    // In the order of the names, which decides where two servers draw the same.
    private readonly int[] _positions;
    private readonly ulong[] _seeds;

    // Null where all are the same: then the logarithms would change nothing.
    private readonly uint[]? _weights;

    /// <summary>Creates the strategy.</summary>
    /// <param name="servers">The servers, in any order.</param>
    /// <param name="function">The hash function of the keys. Those of the servers are always the same.</param>
    /// <exception cref="ArgumentException">The list is empty, or a weight is not valid.</exception>
    public RendezvousHashStrategy(IReadOnlyList<HashServer> servers, IHashFunction function)
    {
        ArgumentNullException.ThrowIfNull(function);
        HashServer.CheckedTotalWeight(servers);
        _function = function;
        _positions = new int[servers.Count];
        _seeds = new ulong[servers.Count];
        var names = new string[servers.Count];
        for (var i = 0; i < names.Length; i++)
        {
            names[i] = string.Create(CultureInfo.InvariantCulture, $"{servers[i].Host}:{servers[i].Port}");
            _positions[i] = i;
        }

        Array.Sort(names, _positions, StringComparer.Ordinal);
        for (var i = 0; i < names.Length; i++)
        {
            _seeds[i] = SeedOf(names[i]);
        }

        _weights = WeightsOf(servers, _positions);
    }

    /// <inheritdoc/>
    public int Find(ReadOnlySpan<byte> key)
    {
        if (_seeds.Length == 1)
        {
            return 0;
        }

        var mixed = BitMixer.Mix(_function.Hash(key) * BitMixer.Golden);
        return _positions[_weights is null ? FindLowest(mixed) : FindLowest(mixed, _weights)];
    }

    private static uint[]? WeightsOf(IReadOnlyList<HashServer> servers, int[] positions)
    {
        var weights = new uint[positions.Length];
        for (var i = 0; i < weights.Length; i++)
        {
            weights[i] = (uint)servers[positions[i]].Weight;
        }

        return weights.AsSpan().ContainsAnyExcept(weights[0]) ? weights : null;
    }

    // FNV-1a in 64 bits, mixed.
    private static ulong SeedOf(string name)
    {
        var hash = FnvConstants.Offset64;
        foreach (var value in Encoding.UTF8.GetBytes(name))
        {
            hash = (hash ^ value) * FnvConstants.Prime64;
        }

        return BitMixer.Mix(hash);
    }

    // Both have been mixed already. Which is lower is decided by the upper bits, into which the products carry all the others.
    private static ulong Draw(ulong key, ulong seed)
    {
        var bits = (key ^ seed) * BitMixer.First;
        return (bits ^ (bits >> 32)) * BitMixer.Second;
    }

    private int FindLowest(ulong key)
    {
        var seeds = _seeds;
        var lowest = Draw(key, seeds[0]);
        var found = 0;
        for (var i = 1; i < seeds.Length; i++)
        {
            var drawn = Draw(key, seeds[i]);
            if (drawn < lowest)
            {
                lowest = drawn;
                found = i;
            }
        }

        return found;
    }

    // Quotients are compared by products. Of equal ones the lower draw wins, as it would with equal weights.
    private int FindLowest(ulong key, uint[] weights)
    {
        var seeds = _seeds;
        var (found, lowest, logarithm, weight) = (0, ulong.MaxValue, NoLogarithm, 1UL);
        for (var i = 0; i < seeds.Length; i++)
        {
            var drawn = Draw(key, seeds[i]);
            var limit = logarithm * weights[i];
            if (FixedLogarithm.AtLeast(drawn) * weight > limit)
            {
                continue;
            }

            var other = FixedLogarithm.Of(drawn);
            if (other * weight < limit || (other * weight == limit && drawn < lowest))
            {
                (found, lowest, logarithm, weight) = (i, drawn, other, weights[i]);
            }
        }

        return found;
    }
}
