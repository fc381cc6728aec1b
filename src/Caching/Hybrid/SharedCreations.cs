namespace TypedCache.Caching;

/// <summary>
/// Lets callers of this process share a creation that the pool knows nothing of, because it is not read from the servers first, or not
/// stored on them.
/// </summary>
internal sealed class SharedCreations
{
    private static readonly AsyncLocal<Scope?> s_scope = new();

    private readonly Lock _gate = new();
    private readonly Dictionary<SharedCreationKey, object> _running = [];

    /// <summary>Joins the creation that is under way, or begins one.</summary>
    /// <param name="key">Who may share it.</param>
    /// <param name="create">Creates the value. Its token is cancelled when nobody waits for it any more.</param>
    /// <param name="cancellationToken">Cancels this caller's wait.</param>
    /// <remarks>A create function that asks for its own value creates one of its own, since it cannot wait for itself.</remarks>
    public ValueTask<HybridValue<T>> RunAsync<T>(
        SharedCreationKey key, Func<CancellationToken, Task<HybridValue<T>>> create, CancellationToken cancellationToken)
    {
        if (IsInside(key))
        {
            return new ValueTask<HybridValue<T>>(create(cancellationToken));
        }

        SharedCreation<T> creation;
        lock (_gate)
        {
            if (_running.TryGetValue(key, out var running))
            {
                creation = (SharedCreation<T>)running;
            }
            else
            {
                creation = new SharedCreation<T>();
                _running.Add(key, creation);
                creation.Start(token => CreateAsync(key, creation, create, token));
            }

            creation.Waiters++;
        }

        return WaitAsync(key, creation, cancellationToken);
    }

    /// <summary>Lets no later caller share what is under way, since it may be of what has been removed.</summary>
    public void Forget()
    {
        lock (_gate)
        {
            _running.Clear();
        }
    }

    private async ValueTask<HybridValue<T>> WaitAsync<T>(SharedCreationKey key, SharedCreation<T> creation, CancellationToken cancellationToken)
    {
        try
        {
            return await creation.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            Leave(key, creation);
        }
    }

    // Whoever comes after the last one has left begins anew.
    private void Leave<T>(SharedCreationKey key, SharedCreation<T> creation)
    {
        lock (_gate)
        {
            if (--creation.Waiters > 0 || creation.Task.IsCompleted)
            {
                return;
            }

            Remove(key, creation);
        }

        creation.Abandon();
    }

    // Before the value is handed out, so that a caller who comes after that does not get it.
    private async Task<HybridValue<T>> CreateAsync<T>(
        SharedCreationKey key, SharedCreation<T> creation, Func<CancellationToken, Task<HybridValue<T>>> create, CancellationToken abandoned)
    {
        s_scope.Value = new Scope(this, key, s_scope.Value);
        try
        {
            return await create(abandoned).ConfigureAwait(false);
        }
        finally
        {
            lock (_gate)
            {
                Remove(key, creation);
            }
        }
    }

    private void Remove(SharedCreationKey key, object creation)
    {
        if (_running.TryGetValue(key, out var running) && running == creation)
        {
            _running.Remove(key);
        }
    }

    private bool IsInside(SharedCreationKey key)
    {
        for (var scope = s_scope.Value; scope is not null; scope = scope.Outer)
        {
            if (scope.Owner == this && scope.Key == key)
            {
                return true;
            }
        }

        return false;
    }

    private sealed record Scope(SharedCreations Owner, SharedCreationKey Key, Scope? Outer);
}
