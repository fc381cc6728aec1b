namespace TypedCache.Tests.Pool.Moves;

/// <summary>What one process does with a key that moves from its former server to its new one.</summary>
public enum ModelPhase
{
    /// <summary>It has not heard of the change.</summary>
    Before,

    /// <summary>It reads and writes at the former server, and removes at the new one.</summary>
    Prepare,

    /// <summary>It reads at the new server, and on a miss at the former one.</summary>
    Warm,

    /// <summary>It reads at the new server, and still removes at the former one.</summary>
    Closing,

    /// <summary>It has forgotten the former server.</summary>
    Done,
}

/// <summary>What a process is asked to do.</summary>
public enum ModelCall
{
    Read,
    GetOrCreate,
    Set,
    Delete,
    Evict,
}

/// <summary>
/// Two servers, one key that moves between them, and processes that do one call each, in whatever order their requests arrive. A
/// step is one request: a server carries it out at once. The rules are those of <c>Pool/Moves</c>, written down once more.
/// </summary>
internal sealed class MoveModel
{
    private const int Nothing = -1;

    private readonly ModelServer _former = new();
    private readonly ModelServer _next = new();
    private readonly List<Write> _writes = [];
    private readonly List<(int Begin, int End, int FirstWrite)> _deletes = [];
    private int _now;

    public MoveModel() => _former.Store(Begin(created: true));

    /// <summary>What was seen that must not be; null: nothing.</summary>
    public string? Fault { get; private set; }

    /// <summary>Lets writes begin at the newer server: the model has to find the fault.</summary>
    public bool NewerServerFirst { get; init; }

    /// <summary>The requests of one call, one for each step.</summary>
    public IEnumerator<bool> Run(ModelPhase phase, ModelCall call) => call switch
    {
        ModelCall.Read => Read(phase),
        ModelCall.GetOrCreate => GetOrCreate(phase),
        ModelCall.Set => Set(phase),
        ModelCall.Delete => Delete(phase),
        _ => Evict(),
    };

    /// <summary>One step of a call.</summary>
    public bool Step(IEnumerator<bool> call)
    {
        _now++;
        return call.MoveNext();
    }

    private ModelServer Home(ModelPhase phase) => phase <= ModelPhase.Prepare ? _former : _next;

    // The older server first: what is copied to the newer one meanwhile is removed or replaced there.
    private ModelServer[] Order(ModelPhase phase)
    {
        ModelServer[] order = phase is ModelPhase.Before or ModelPhase.Done ? [Home(phase)] : [_former, _next];
        if (NewerServerFirst)
        {
            Array.Reverse(order);
        }

        return order;
    }

    private IEnumerator<bool> Read(ModelPhase phase)
    {
        var begin = _now;
        var value = Home(phase).Value;
        if (value == Nothing && phase == ModelPhase.Warm)
        {
            yield return true;
            value = _former.Value;
            Check(value, begin);

            // The copy is made behind the caller's back.
            for (var copy = Copy(); copy.MoveNext();)
            {
                yield return true;
            }

            yield break;
        }

        Check(value, begin);
    }

    private IEnumerator<bool> Copy()
    {
        yield return true;
        if (!_next.TryWin(out var lease))
        {
            yield break;
        }

        yield return true;
        var value = _former.Value;
        yield return true;
        if (value == Nothing)
        {
            _next.Release(lease);
        }
        else
        {
            _next.Fill(lease, value);
        }
    }

    private IEnumerator<bool> GetOrCreate(ModelPhase phase)
    {
        var begin = _now;
        var home = Home(phase);
        if (home.Value != Nothing)
        {
            Check(home.Value, begin);
            yield break;
        }

        // One who has not won would wait for the winner, and create for himself in the end.
        if (!home.TryWin(out var lease))
        {
            yield break;
        }

        if (phase == ModelPhase.Warm)
        {
            yield return true;
            if (_former.Value != Nothing)
            {
                var copied = _former.Value;
                Check(copied, begin);
                yield return true;
                home.Fill(lease, copied);
                yield break;
            }
        }

        yield return true;
        var created = Begin(created: true);
        yield return true;
        home.Fill(lease, created);
    }

    private IEnumerator<bool> Set(ModelPhase phase)
    {
        var value = Begin(created: false);
        var home = Home(phase);
        var order = Order(phase);
        for (var i = 0; i < order.Length; i++)
        {
            if (i > 0)
            {
                yield return true;
            }

            if (order[i] == home)
            {
                home.Store(value);
            }
            else
            {
                order[i].Remove();
            }
        }

        _writes[value] = _writes[value] with { End = _now };
    }

    private IEnumerator<bool> Delete(ModelPhase phase)
    {
        var (begin, writes) = (_now, _writes.Count);
        var order = Order(phase);
        for (var i = 0; i < order.Length; i++)
        {
            if (i > 0)
            {
                yield return true;
            }

            order[i].Remove();
        }

        _deletes.Add((begin, _now, writes));
    }

    private IEnumerator<bool> Evict()
    {
        _next.Remove();
        yield break;
    }

    // What is created is as old as what was read from the source, and what is set as the call.
    private int Begin(bool created)
    {
        _writes.Add(new Write(_now, created ? _now : int.MaxValue, created));
        return _writes.Count - 1;
    }

    private void Check(int value, int begin)
    {
        if (value == Nothing)
        {
            return;
        }

        var write = _writes[value];
        foreach (var delete in _deletes)
        {
            if (delete.End < begin && write.End < delete.Begin)
            {
                Fault = $"value {value}, written by {write.End}, was read at {begin} after a delete from {delete.Begin} to {delete.End}";
            }
        }

        foreach (var set in _writes)
        {
            if (!set.IsCreated && set.End < begin && write.End < set.Begin)
            {
                Fault = $"value {value}, written by {write.End}, was read at {begin} after a set from {set.Begin} to {set.End}";
            }
        }
    }

    private readonly record struct Write(int Begin, int End, bool IsCreated);

    private sealed class ModelServer
    {
        private int _state;
        private bool _isLeased;

        public int Value { get; private set; } = Nothing;

        public void Store(int value) => (Value, _isLeased, _state) = (value, false, _state + 1);

        public void Remove() => Store(Nothing);

        public bool TryWin(out int lease)
        {
            lease = 0;
            if (_isLeased || Value != Nothing)
            {
                return false;
            }

            (_isLeased, _state) = (true, _state + 1);
            lease = _state;
            return true;
        }

        public void Fill(int lease, int value)
        {
            if (_isLeased && _state == lease)
            {
                Store(value);
            }
        }

        public void Release(int lease) => Fill(lease, Nothing);
    }
}
