namespace TypedCache.Hashing;

/// <summary>What tells the ring of one client from that of another.</summary>
internal sealed class RingRules
{
    /// <summary>The texts that a server's points are hashed from, one after the other.</summary>
    public required Func<HashServer, PointNames> Texts { get; init; }

    /// <summary>How many texts a server has.</summary>
    public required TextCount Count { get; init; }

    /// <summary>Gives what hashes the texts. It is called for each server, in their order.</summary>
    public required Func<PointDigest> Digest { get; init; }

    /// <summary>Which point has a hash.</summary>
    public RingSearch Search { get; init; }

    /// <summary>Which server has a point that several have.</summary>
    public EqualPoints Equal { get; init; }

    /// <summary>Whether the texts are made of <see cref="HashServer.HashName"/>.</summary>
    public bool TakesNames { get; init; }

    /// <summary>Whether the texts are made of <see cref="HashServer.Address"/>.</summary>
    public bool TakesAddresses { get; init; }
}
