namespace TypedCache.Tests.Near;

/// <summary>
/// What nobody may see any more, and since when: the changes of one thing, one after the other, each of which has put an end to all that
/// is below a number.
/// </summary>
/// <param name="processes">How many processes make changes.</param>
internal sealed class ChangeHistory(int processes)
{
    private readonly Lock _gate = new();
    private readonly List<(long Floor, long Ended)> _changes = [];
    private readonly long[] _own = new long[processes];

    /// <summary>A change is complete.</summary>
    /// <param name="floor">The number, which grows from change to change.</param>
    /// <param name="ended">When the change was complete, or later.</param>
    /// <param name="isOwn">Whose change it is.</param>
    public void Add(long floor, long ended, Predicate<int> isOwn)
    {
        lock (_gate)
        {
            _changes.Add((floor, ended));
            for (var process = 0; process < _own.Length; process++)
            {
                _own[process] = isOwn(process) ? floor : _own[process];
            }
        }
    }

    /// <summary>The number of the newest change that is complete.</summary>
    public long Newest()
    {
        lock (_gate)
        {
            return _changes.Count == 0 ? 0 : _changes[^1].Floor;
        }
    }

    /// <summary>The number of the newest change that was complete before a time, or that the process itself has completed.</summary>
    public long Before(long time, int process)
    {
        lock (_gate)
        {
            var last = _changes.Count - 1;
            while (last >= 0 && _changes[last].Ended >= time)
            {
                last--;
            }

            return Math.Max(_own[process], last < 0 ? 0 : _changes[last].Floor);
        }
    }
}
