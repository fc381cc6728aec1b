using TypedCache.Tool.Patterns;

namespace TypedCache.Tool.Live;

/// <summary>Reads of the keys of a pattern.</summary>
internal sealed class ReadCount : IPatternCount<ReadCount>
{
    /// <summary>How many there were.</summary>
    public long Reads { get; private set; }

    /// <summary>How many found something.</summary>
    public long Hits { get; private set; }

    /// <summary>Counts a read.</summary>
    public void Add(bool isHit)
    {
        Reads++;
        Hits += isHit ? 1 : 0;
    }

    public void Add(ReadCount other)
    {
        Reads += other.Reads;
        Hits += other.Hits;
    }

    /// <summary>Begins anew.</summary>
    public void Clear() => (Reads, Hits) = (0, 0);
}
