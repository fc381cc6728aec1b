namespace TypedCache.Benchmarks.Cluster.Timing;

/// <summary>What is going to happen, by time; what happens at the same time happens in the order in which it was planned.</summary>
internal sealed class EventQueue(SimulatedClock clock)
{
    private Entry[] _heap = new Entry[1024];
    private int _count;
    private long _planned;

    /// <summary>The time since the simulation began, in ticks.</summary>
    public long Now => clock.Now;

    /// <summary>Plans an event; a moment that has passed is now.</summary>
    public void At(long moment, SimulatedEvent happening)
    {
        if (_count == _heap.Length)
        {
            Array.Resize(ref _heap, 2 * _count);
        }

        MoveUp(_count++, new Entry(Math.Max(moment, clock.Now), _planned++, happening));
    }

    /// <summary>Plans something rare.</summary>
    public void At(TimeSpan moment, Action action) => At(moment.Ticks, new ActionEvent(action));

    /// <summary>Plans an event after some ticks.</summary>
    public void In(long ticks, SimulatedEvent happening) => At(clock.Now + ticks, happening);

    /// <summary>Lets everything happen up to a moment.</summary>
    public void RunUntil(long end)
    {
        while (_count > 0 && _heap[0].Moment <= end)
        {
            var next = _heap[0];
            var last = _heap[--_count];
            _heap[_count] = default;
            if (_count > 0)
            {
                MoveDown(last);
            }

            clock.Now = next.Moment;
            next.Event.Fire();
        }

        clock.Now = end;
    }

    private void MoveUp(int position, in Entry entry)
    {
        while (position > 0)
        {
            var parent = (position - 1) / 2;
            if (_heap[parent].IsBefore(entry))
            {
                break;
            }

            _heap[position] = _heap[parent];
            position = parent;
        }

        _heap[position] = entry;
    }

    private void MoveDown(in Entry entry)
    {
        var position = 0;
        while (true)
        {
            var child = (2 * position) + 1;
            if (child >= _count)
            {
                break;
            }

            if (child + 1 < _count && _heap[child + 1].IsBefore(_heap[child]))
            {
                child++;
            }

            if (entry.IsBefore(_heap[child]))
            {
                break;
            }

            _heap[position] = _heap[child];
            position = child;
        }

        _heap[position] = entry;
    }

    private readonly record struct Entry(long Moment, long Order, SimulatedEvent Event)
    {
        public bool IsBefore(in Entry other) => Moment < other.Moment || (Moment == other.Moment && Order < other.Order);
    }
}
