using System.Text;
using TypedCache.Hashing;

namespace TypedCache.Tests.Hashing;

public class FailoverSequenceTests
{
    private static readonly HashServer[] Servers = [.. Enumerable.Range(0, 7).Select(i => new HashServer($"cache-{i}", 11211, 1 + (i % 3)))];

    // 250 bytes is the longest key; beyond 500 the sequence leaves the stack.
    private static readonly int[] KeyLengths = [1, 10, 249, 250, 501, 502, 600];

    [Fact]
    public void Pecl8_asks_for_the_key_with_the_attempt_behind_it()
    {
        foreach (var strategy in Strategies())
        {
            foreach (var key in Keys())
            {
                for (var attempt = 0; attempt < 25; attempt++)
                {
                    var expected = strategy.Find([.. key, .. Encoding.ASCII.GetBytes($"-{attempt}")]);
                    Assert.Equal(expected, FailoverSequence.Pecl8.FindCandidate(strategy, key, attempt));
                }
            }
        }
    }

    [Fact]
    public void Pecl2_adds_the_hashes_of_the_key_with_the_attempt_in_front_of_it()
    {
        var strategy = new StandardHashStrategy(Servers, HashFunctions.Crc32);
        var slots = Servers.SelectMany((server, index) => Enumerable.Repeat(index, server.Weight)).ToArray();
        foreach (var key in Keys())
        {
            var sum = Fold(key);
            for (var attempt = 0; attempt < 25; attempt++)
            {
                sum += Fold([.. Encoding.ASCII.GetBytes($"{attempt + 1}"), .. key]);
                Assert.Equal(slots[sum % slots.Length], FailoverSequence.Pecl2.FindCandidate(strategy, key, attempt));
            }
        }

        static uint Fold(byte[] key) => ((HashFunctions.Crc32.Hash(key) >> 16) & 0x7FFF) is var folded and not 0 ? folded : 1;
    }

    [Fact]
    public void Pecl2_is_Pecl8_with_the_consistent_strategy()
    {
        var strategy = new ConsistentHashStrategy(Servers, HashFunctions.Crc32);
        foreach (var key in Keys())
        {
            Assert.Equal(FailoverSequence.Pecl8.FindCandidate(strategy, key, 3), FailoverSequence.Pecl2.FindCandidate(strategy, key, 3));
        }
    }

    [Fact]
    public void A_negative_attempt_is_refused()
    {
        var strategy = new StandardHashStrategy(Servers, HashFunctions.Crc32);
        Assert.Throws<ArgumentOutOfRangeException>(() => FailoverSequence.Pecl8.FindCandidate(strategy, "k"u8, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => FailoverSequence.Pecl2.FindCandidate(strategy, "k"u8, -1));
    }

    private static IHashStrategy[] Strategies() =>
    [
        HashStrategies.Standard(Servers, HashFunctions.Crc32),
        HashStrategies.Standard(Servers, HashFunctions.Fnv1a),
        HashStrategies.Consistent(Servers, HashFunctions.Crc32),
        HashStrategies.Consistent(Servers, HashFunctions.Fnv1a),
        HashStrategies.Rendezvous(Servers, HashFunctions.Crc32),
    ];

    private static byte[][] Keys() => [.. KeyLengths.Select(length => Enumerable.Repeat((byte)'k', length).ToArray())];
}
