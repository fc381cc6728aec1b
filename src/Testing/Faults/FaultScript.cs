namespace TypedCache.Testing;

/// <summary>The faults of one server that are still to come, in the order in which a test has asked for them.</summary>
internal sealed class FaultScript
{
    private readonly Lock _gate = new();
    private readonly List<Fault> _faults = [];

    /// <summary>Lets something happen.</summary>
    public void Add(Fault fault)
    {
        lock (_gate)
        {
            _faults.Add(fault);
        }
    }

    /// <summary>Lets nothing more happen.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _faults.Clear();
        }
    }

    /// <summary>Takes what happens to a call; null: nothing.</summary>
    public Fault? Take(string[] keys)
    {
        lock (_gate)
        {
            var fault = _faults.Find(fault => Array.Exists(keys, key => KeyPattern.Fits(fault.Keys, key)));
            if (fault?.Left is { } left)
            {
                fault.Left = left - 1;
                if (left == 1)
                {
                    _faults.Remove(fault);
                }
            }

            return fault;
        }
    }
}
