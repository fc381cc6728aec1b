namespace TypedCache.Near;

/// <summary>Entries in the order in which they came, or were last put behind all others. Only for who holds the table's lock.</summary>
internal sealed class NearQueue
{
    private NearEntry? _newest;

    /// <summary>The next to go.</summary>
    public NearEntry? Oldest { get; private set; }

    /// <summary>The weight of all together.</summary>
    public long Bytes { get; private set; }

    public void Add(NearEntry entry)
    {
        entry.Queue = this;
        entry.Older = _newest;
        entry.Newer = null;
        if (_newest is null)
        {
            Oldest = entry;
        }
        else
        {
            _newest.Newer = entry;
        }

        _newest = entry;
        Bytes += entry.Weight;
    }

    public void Remove(NearEntry entry)
    {
        if (entry.Newer is null)
        {
            _newest = entry.Older;
        }
        else
        {
            entry.Newer.Older = entry.Older;
        }

        if (entry.Older is null)
        {
            Oldest = entry.Newer;
        }
        else
        {
            entry.Older.Newer = entry.Newer;
        }

        entry.Newer = null;
        entry.Older = null;
        entry.Queue = null;
        Bytes -= entry.Weight;
    }

    /// <summary>Puts an entry behind all others.</summary>
    public void Renew(NearEntry entry)
    {
        Remove(entry);
        Add(entry);
    }

    /// <summary>Takes all out.</summary>
    public void Clear()
    {
        while (Oldest is { } entry)
        {
            Remove(entry);
            entry.Unlist();
        }
    }
}
