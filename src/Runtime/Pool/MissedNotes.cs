using TypedCache.Keys;

namespace TypedCache.Pool;

/// <summary>What a server has missed, by key, up to a bound. <see cref="MissedDeletes"/> calls this under its gate.</summary>
/// <param name="capacity">How many keys there may be.</param>
internal sealed class MissedNotes(int capacity)
{
    /// <summary>How many bytes the keys may have on average.</summary>
    public const int AverageKeyLength = 128;

    private readonly Dictionary<byte[], MissedDelete> _notes = new(KeyComparer.Instance);
    private readonly Queue<MissedDelete> _writes = new();
    private long _bytes;

    /// <summary>How many there are.</summary>
    public int Count => _notes.Count;

    private bool HasRoom => _notes.Count < capacity && _bytes < (long)capacity * AverageKeyLength;

    /// <summary>Adds to what is missed.</summary>
    /// <returns>How many notes found no room: those of writes before those of deletes, and the new one before others of its kind.</returns>
    public int Add(ReadOnlySpan<byte> key, MissedKind kind, long expiry, MemcachedServer? wentTo)
    {
        var dropped = 0;
        if (_notes.GetAlternateLookup<ReadOnlySpan<byte>>().TryGetValue(key, out var note))
        {
            note.Add(kind, expiry);
        }
        else
        {
            if (!HasRoom)
            {
                dropped = 1;
                if (kind == MissedKind.Write || !DropWrite())
                {
                    return dropped;
                }
            }

            note = Keep(new MissedDelete(key.ToArray()), kind, expiry);
        }

        if (wentTo is not null)
        {
            note.Went(wentTo);
        }

        return dropped;
    }

    /// <summary>Takes some out.</summary>
    public List<MissedDelete> Take(int count)
    {
        var taken = new List<MissedDelete>(Math.Min(count, _notes.Count));
        foreach (var note in _notes.Values)
        {
            if (taken.Count == count)
            {
                break;
            }

            taken.Add(note);
        }

        foreach (var note in taken)
        {
            Remove(note);
        }

        return taken;
    }

    /// <summary>Puts back what has been taken out and not carried out, whether or not there is room.</summary>
    public void PutBack(List<MissedDelete> taken)
    {
        foreach (var note in taken)
        {
            if (!_notes.TryGetValue(note.Key, out var newer))
            {
                newer = Keep(new MissedDelete(note.Key), note.Kind, note.Expiry);
            }
            else
            {
                newer.Add(note.Kind, newer.Expiry);
            }

            foreach (var server in note.WentTo)
            {
                newer.Went(server);
            }
        }
    }

    private MissedDelete Keep(MissedDelete note, MissedKind kind, long expiry)
    {
        note.Begin(kind, expiry);
        _notes.Add(note.Key, note);
        _bytes += note.Key.Length;
        if (kind == MissedKind.Write)
        {
            _writes.Enqueue(note);
        }

        return note;
    }

    private void Remove(MissedDelete note)
    {
        note.IsKept = false;
        _notes.Remove(note.Key);
        _bytes -= note.Key.Length;
        if (_notes.Count == 0)
        {
            _writes.Clear();
        }
    }

    private bool DropWrite()
    {
        while (_writes.TryDequeue(out var note))
        {
            if (note is { IsKept: true, Kind: MissedKind.Write })
            {
                Remove(note);
                return true;
            }
        }

        return false;
    }
}
