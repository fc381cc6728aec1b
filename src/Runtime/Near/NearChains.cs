using System.Runtime.CompilerServices;

namespace TypedCache.Near;

/// <summary>
/// A hash table of entries, chained by <see cref="NearEntry.Next"/>. Readers take no lock: they see each entry with the key and hash that
/// it was made with, so a reader which meets a writer may miss an entry, but never takes one for another. All else needs the table's lock.
/// </summary>
internal sealed class NearChains
{
    private const int SmallestLength = 16;

    // Stands for no array. Nothing is ever written to it.
    private static readonly NearEntry?[] Nothing = new NearEntry?[1];

    // A power of two, at least as long as there are entries.
    private volatile NearEntry?[] _heads = Nothing;
    private volatile int _count;

    public int Count => _count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public NearEntry? Find(ReadOnlySpan<byte> key, int hash)
    {
        var heads = _heads;
        var entry = Volatile.Read(ref heads[hash & (heads.Length - 1)]);
        while (entry is not null && (entry.Hash != hash || !key.SequenceEqual(entry.Key)))
        {
            entry = entry.Next;
        }

        return entry;
    }

    /// <summary>Adds an entry whose key is not there.</summary>
    public void Add(NearEntry entry)
    {
        if (_heads == Nothing || _count == _heads.Length)
        {
            Grow();
        }

        Link(_heads, entry);
        _count++;
    }

    /// <summary>Puts an entry where another of the same key is: readers find one or the other.</summary>
    public void Replace(NearEntry former, NearEntry entry)
    {
        entry.Next = former.Next;
        Relink(former, entry);
    }

    /// <summary>Removes an entry that is there. It keeps its link, so that a reader which has reached it goes on.</summary>
    public void Remove(NearEntry entry)
    {
        Relink(entry, entry.Next);
        _count--;
    }

    public void Clear()
    {
        _heads = Nothing;
        _count = 0;
    }

    // Chains are taken apart from their heads on, so what was linked anew never leads back to what was not: no reader walks in circles.
    private void Grow()
    {
        var heads = _heads;
        var longer = new NearEntry?[heads == Nothing ? SmallestLength : heads.Length * 2];
        foreach (var head in heads)
        {
            for (var entry = head; entry is not null;)
            {
                var next = entry.Next;
                Link(longer, entry);
                entry = next;
            }
        }

        _heads = longer;
    }

    // What led to an entry leads to another from now on.
    private void Relink(NearEntry entry, NearEntry? other)
    {
        ref var head = ref _heads[entry.Hash & (_heads.Length - 1)];
        if (head == entry)
        {
            Volatile.Write(ref head, other);
            return;
        }

        var before = head!;
        while (before.Next != entry)
        {
            before = before.Next!;
        }

        before.Next = other;
    }

    private static void Link(NearEntry?[] heads, NearEntry entry)
    {
        ref var head = ref heads[entry.Hash & (heads.Length - 1)];
        entry.Next = head;
        Volatile.Write(ref head, entry);
    }
}
