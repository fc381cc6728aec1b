using TypedCache.Hashing;

namespace TypedCache.Interop.Tests.Others;

/// <summary>How a twemproxy is configured, and the options of a pool which takes its place.</summary>
/// <param name="Name">Shown in the results.</param>
/// <param name="Settings">The lines of its configuration.</param>
/// <param name="CreateOptions">Makes the options of the pool.</param>
public sealed record TwemproxySetup(string Name, string[] Settings, Func<MemcachedPoolOptions> CreateOptions)
{
    public static TwemproxySetup[] All { get; } =
    [
        new("ketama", ["distribution: ketama", "hash: fnv1a_64"], () => MemcachedPoolOptions.ForTwemproxy()),
        new("ketama with named servers", ["distribution: ketama", "hash: fnv1a_64"], () => MemcachedPoolOptions.ForTwemproxy()) { HasNames = true },
        new("ketama with a hash tag", ["distribution: ketama", "hash: md5", "hash_tag: \"{}\""],
            () => MemcachedPoolOptions.ForTwemproxy(TwemproxyDistribution.Ketama, TwemproxyHash.Md5, hashTag: "{}")),
        new("modula", ["distribution: modula", "hash: fnv1a_64"], () => MemcachedPoolOptions.ForTwemproxy(TwemproxyDistribution.Modula)),
        new("modula with named servers", ["distribution: modula", "hash: murmur"],
            () => MemcachedPoolOptions.ForTwemproxy(TwemproxyDistribution.Modula, TwemproxyHash.Murmur)) { HasNames = true },
    ];

    /// <summary>Whether the servers have names, which are not in the order of the list.</summary>
    public bool HasNames { get; init; }

    public override string ToString() => Name;

    /// <summary>The name of the server at a position of the list.</summary>
    public string? NameOf(int index) => HasNames ? $"shard-{35 - (index * 7)}" : null;
}
