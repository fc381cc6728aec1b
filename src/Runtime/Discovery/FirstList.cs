namespace TypedCache.Discovery;

/// <summary>Whether a pool has servers yet, and why not.</summary>
internal sealed class FirstList
{
    private readonly TaskCompletionSource _known = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile Exception? _failure;

    /// <summary>Ends when the pool has servers, or is disposed.</summary>
    public Task Known => _known.Task;

    /// <summary>Why its source has named none the last time.</summary>
    public Exception? Failure
    {
        get => _failure;
        set => _failure = value;
    }

    /// <summary>The pool has servers.</summary>
    public void SetKnown() => _known.TrySetResult();

    /// <summary>The pool is disposed: if it has had no servers, it will have none.</summary>
    public void End()
    {
        if (_known.TrySetException(new ObjectDisposedException(PublicNames.Pool)))
        {
            // Nobody may have waited.
            _ = _known.Task.Exception;
        }
    }
}
