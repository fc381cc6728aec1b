using TypedCache.Tool.Patterns;

namespace TypedCache.Tool.Watching;

/// <summary>What happened to the keys of a pattern.</summary>
internal sealed class EventCount : IPatternCount<EventCount>
{
    /// <summary>How many reads there were.</summary>
    public long Gets { get; private set; }

    /// <summary>How many of them found something.</summary>
    public long Hits { get; private set; }

    /// <summary>How many writes there were.</summary>
    public long Stores { get; private set; }

    /// <summary>How many items made room.</summary>
    public long Evictions { get; private set; }

    /// <summary>All of them.</summary>
    public long All => Gets + Stores + Evictions;

    /// <summary>The share of reads that found something; NaN: there were none.</summary>
    public double HitRate => Gets == 0 ? double.NaN : (double)Hits / Gets;

    /// <summary>Counts an event.</summary>
    public void Add(in WatchedEvent found)
    {
        switch (found.Kind)
        {
            case WatchedKind.Get:
                Gets++;
                Hits += found.IsHit ? 1 : 0;
                break;
            case WatchedKind.Store:
                Stores++;
                break;
            case WatchedKind.Eviction:
                Evictions++;
                break;
            case WatchedKind.Other:
            default:
                break;
        }
    }

    public void Add(EventCount other)
    {
        Gets += other.Gets;
        Hits += other.Hits;
        Stores += other.Stores;
        Evictions += other.Evictions;
    }

    /// <summary>What has been counted since the last time, which is forgotten here.</summary>
    public EventCount Take()
    {
        var taken = new EventCount { Gets = Gets, Hits = Hits, Stores = Stores, Evictions = Evictions };
        (Gets, Hits, Stores, Evictions) = (0, 0, 0, 0);
        return taken;
    }
}
