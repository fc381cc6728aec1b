namespace TypedCache.Transport;

/// <summary>The operations whose replies a connection still owes, oldest first. Its owner holds a lock around each call.</summary>
internal sealed class PendingQueue
{
    private const int SmallestSize = 16;

    private Operation?[] _ring = new Operation?[SmallestSize];
    private int _head;

    public int Count { get; private set; }

    /// <summary>For how many operations it has memory.</summary>
    public int Capacity => _ring.Length;

    public Operation this[int position] => _ring[(_head + position) & (_ring.Length - 1)]!;

    /// <summary>Makes sure that there is room for one more: the next <see cref="Enqueue"/> allocates nothing.</summary>
    public void MakeRoom()
    {
        if (Count == _ring.Length)
        {
            Grow();
        }
    }

    /// <summary>Adds an operation behind the others.</summary>
    public void Enqueue(Operation operation)
    {
        MakeRoom();
        _ring[(_head + Count) & (_ring.Length - 1)] = operation;
        Count++;
    }

    /// <summary>Copies operations without taking them, beginning behind the <paramref name="skip"/> oldest.</summary>
    /// <returns>How many were copied.</returns>
    public int Peek(int skip, Span<Operation> destination)
    {
        var count = Math.Min(destination.Length, Count - skip);
        for (var i = 0; i < count; i++)
        {
            destination[i] = this[skip + i];
        }

        return count;
    }

    /// <summary>Takes the oldest operations out.</summary>
    public void Remove(int count)
    {
        for (var i = 0; i < count; i++)
        {
            _ring[(_head + i) & (_ring.Length - 1)] = null;
        }

        _head = (_head + count) & (_ring.Length - 1);
        Count -= count;
    }

    /// <summary>Gives up the memory that many operations have needed, where none waits.</summary>
    public void Trim()
    {
        if (Count == 0 && _ring.Length > SmallestSize)
        {
            _ring = new Operation?[SmallestSize];
            _head = 0;
        }
    }

    private void Grow()
    {
        var larger = new Operation?[2 * _ring.Length];
        for (var i = 0; i < Count; i++)
        {
            larger[i] = this[i];
        }

        _ring = larger;
        _head = 0;
    }
}
