using TypedCache.Hashing;

namespace TypedCache.Tests.Hashing;

public class MovedShareTests
{
    private static readonly HashServer[] Four = [.. Enumerable.Range(1, 4).Select(i => new HashServer($"cache-{i}", 11211))];

    [Fact]
    public void It_is_the_share_that_the_strategy_moves()
    {
        Assert.InRange(Between(HashStrategies.Standard, Four[..3], Four), 0.74, 0.76);
        Assert.InRange(Between(HashStrategies.Rendezvous, Four[..3], Four), 0.24, 0.26);
        Assert.InRange(Between(HashStrategies.Rendezvous, Four, Four[..2]), 0.49, 0.51);
        Assert.InRange(Between(HashStrategies.Consistent, Four[..3], Four), 0.15, 0.35);
        Assert.Equal(1, Between(HashStrategies.Rendezvous, Four[..1], Four[1..]));
    }

    [Fact]
    public void What_stays_has_not_moved_wherever_it_is_in_the_list()
    {
        Assert.Equal(0, Between(HashStrategies.Rendezvous, Four, [Four[2], Four[0], Four[3], Four[1]]));
        Assert.Equal(0, Between(HashStrategies.Standard, [Four[0]], [Four[0], Four[0]]));
        Assert.InRange(Between(HashStrategies.Standard, Four, [Four[1], Four[0], Four[2], Four[3]]), 0.48, 0.52);
    }

    [Fact]
    public void Everybody_finds_the_same_share_for_ever()
    {
        Assert.Equal(12_324.0 / MovedShare.SampleCount, Between(HashStrategies.Standard, Four[..3], Four));
        Assert.Equal(MovedShare.SampleCount, MovedShare.FindServers(HashStrategies.Standard(Four, HashFunctions.Crc32)).Length);
    }

    [Fact]
    public void The_prefix_of_the_keys_is_hashed_where_the_client_does_so()
    {
        var strategy = HashStrategies.Rendezvous(Four, HashFunctions.Crc32);
        var plain = MovedShare.FindServers(strategy);

        Assert.NotEqual(plain, MovedShare.FindServers(strategy, "shop:"u8));
        Assert.Equal(plain, MovedShare.FindServers(new UnhashedPrefixStrategy(strategy, "shop:".Length), "shop:"u8));
    }

    private static double Between(HashStrategyFactory factory, HashServer[] before, HashServer[] after) =>
        MovedShare.Between(factory(before, HashFunctions.Crc32), before, factory(after, HashFunctions.Crc32), after);
}
