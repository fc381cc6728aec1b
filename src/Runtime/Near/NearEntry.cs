namespace TypedCache.Near;

/// <summary>
/// A value in a <see cref="NearTable"/>. It is set once and never changes: a new value of the same key is a new entry. How often it was
/// found is counted here, without a lock.
/// </summary>
internal abstract class NearEntry
{
    // The entry behind it in its chain, which readers follow without a lock.
    public volatile NearEntry? Next;

    // Its neighbours in its queue; only for who holds the table's lock.
    public NearEntry? Newer;
    public NearEntry? Older;
    public NearQueue? Queue;

    // A NearFrequency. Races lose counts, no more.
    public int Frequency;

    /// <summary>Where it can be found besides in the table; null: nowhere.</summary>
    public INearPlace? Place { get; set; }

    private volatile bool _isListed;

    /// <param name="key">The key, which must not change.</param>
    /// <param name="hash"><see cref="NearTable.HashOf"/> of the key.</param>
    /// <param name="weight">All bytes that it takes, the objects' own and the key's included.</param>
    protected NearEntry(byte[] key, int hash, long weight)
    {
        Key = key;
        Hash = hash;
        Weight = weight;
    }

    public byte[] Key { get; }

    public int Hash { get; }

    public long Weight { get; }

    /// <summary>Whether it is still in the table.</summary>
    public bool IsListed => _isListed;

    /// <summary>It is in the table from now on.</summary>
    public void List() => _isListed = true;

    /// <summary>It is in the table no more, nor anywhere else.</summary>
    public void Unlist()
    {
        _isListed = false;
        Place?.Leave();
    }
}
