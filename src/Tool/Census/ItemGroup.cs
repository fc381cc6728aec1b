using TypedCache.Tool.Patterns;

namespace TypedCache.Tool.Census;

/// <summary>What is known of some items together.</summary>
internal sealed class ItemGroup : IPatternCount<ItemGroup>
{
    /// <summary>How many there are.</summary>
    public long Items { get; private set; }

    /// <summary>How many bytes they take, keys and headers included.</summary>
    public long Bytes { get; private set; }

    /// <summary>How many have not been read since they were written.</summary>
    public long NeverRead { get; private set; }

    /// <summary>For how long they live on.</summary>
    public TimeBuckets TimeToLive { get; } = new();

    /// <summary>How long ago they were last read, or else written.</summary>
    public TimeBuckets LastAccess { get; } = new();

    /// <summary>Counts an item.</summary>
    /// <param name="item">The item.</param>
    /// <param name="now">What time it is on its server, in seconds since 1970.</param>
    public void Add(in DumpedItem item, long now)
    {
        Items++;
        Bytes += item.Size;
        NeverRead += item.WasRead ? 0 : 1;
        TimeToLive.Add(item.Expires < 0 ? null : Math.Max(0, item.Expires - now));
        LastAccess.Add(Math.Max(0, now - item.LastAccess));
    }

    public void Add(ItemGroup other)
    {
        Items += other.Items;
        Bytes += other.Bytes;
        NeverRead += other.NeverRead;
        TimeToLive.Add(other.TimeToLive);
        LastAccess.Add(other.LastAccess);
    }
}
