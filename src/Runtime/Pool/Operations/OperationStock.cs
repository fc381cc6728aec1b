namespace TypedCache.Pool.Operations;

/// <summary>
/// The objects of one type which all threads share. There is a limit to them, and full garbage collections take away what has not been
/// needed since the one before.
/// </summary>
internal sealed class OperationStock
{
    /// <summary>How many are kept at most.</summary>
    public const int MaxCount = 1024;

    private readonly Lock _gate = new();
    private readonly Stack<object> _stock = new();
    private int _leastCount;

    public OperationStock() => FullCollections.Observe(this);

    /// <summary>Moves some to a thread's own.</summary>
    public void Take<T>(Stack<T> own, int count)
        where T : class
    {
        // Only a hint: it may be filled at any time.
        if (_stock.Count == 0)
        {
            _leastCount = 0;
            return;
        }

        lock (_gate)
        {
            for (; count > 0 && _stock.TryPop(out var operation); count--)
            {
                own.Push((T)operation);
            }

            _leastCount = Math.Min(_leastCount, _stock.Count);
        }
    }

    /// <summary>Moves some from a thread's own; what is too much is left to the garbage collector.</summary>
    public void Give<T>(Stack<T> own, int count)
        where T : class
    {
        lock (_gate)
        {
            for (; count > 0; count--)
            {
                var operation = own.Pop();
                if (_stock.Count < MaxCount)
                {
                    _stock.Push(operation);
                }
            }
        }
    }

    /// <summary>Gives up what has not been needed since the last call.</summary>
    public void Trim()
    {
        lock (_gate)
        {
            for (; _leastCount > 0; _leastCount--)
            {
                _stock.Pop();
            }

            _leastCount = _stock.Count;
        }
    }
}
