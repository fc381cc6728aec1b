namespace TypedCache.Creation;

/// <summary>The creations of one pool. Nothing of a caller runs under its lock.</summary>
internal sealed class PendingCreations
{
    private readonly Lock _gate = new();

    // Those that can be joined, and all.
    private readonly Dictionary<PendingKey, PendingCreation> _joinable = [];
    private readonly HashSet<PendingCreation> _creations = [];

    // Those that nobody waits for any more, but whose create functions have not ended.
    private readonly HashSet<PendingCreation> _abandoned = [];
    private int _leaseless;
    private bool _disposed;

    /// <summary>Hears of refreshes that fail: the key, and why. It does not throw.</summary>
    public Action<byte[], Exception>? RefreshFailed { get; set; }

    /// <summary>How many callers wait, background refreshes included.</summary>
    public int Waiters
    {
        get
        {
            lock (_gate)
            {
                return _creations.Sum(creation => creation.Waiters);
            }
        }
    }

    /// <summary>Whether anything is created, or awaited, under a lease that a server has given.</summary>
    public bool HoldLeaseOf(MemcachedServer server)
    {
        lock (_gate)
        {
            return Hold(_creations, server) || Hold(_abandoned, server);
        }
    }

    /// <summary>Waits with the others for a creation, which begins if there is none. Each call needs one <see cref="Leave"/>.</summary>
    /// <param name="key">Which creation.</param>
    /// <param name="ownsLease">Whether the caller has won the lease.</param>
    /// <param name="replacesValue">Whether there is a stale value under the lease.</param>
    /// <param name="isRefresh">Whether the caller has that value and does not wait.</param>
    /// <param name="isNew">Whether the creation has just begun.</param>
    public PendingCreation<T> Join<T>(PendingKey key, bool ownsLease, bool replacesValue, bool isRefresh, out bool isNew)
    {
        lock (_gate)
        {
            if (_disposed)
            {
                throw Disposed();
            }

            isNew = !_joinable.TryGetValue(key, out var creation);
            if (creation is null)
            {
                creation = new PendingCreation<T>(key);
                _joinable.Add(key, creation);
                _creations.Add(creation);
                _leaseless += creation.Lease.IsReal ? 0 : 1;
            }

            creation.Waiters++;
            creation.IsRefresh |= isRefresh;
            if (ownsLease)
            {
                // Not set to false here: where leases are keys, the one who creates sets it, at any time.
                creation.OwnsLease = true;
                creation.ReplacesValue = replacesValue;
            }

            return (PendingCreation<T>)creation;
        }
    }

    /// <summary>Makes the caller the one who creates the value of a creation.</summary>
    /// <returns>False if somebody does so already, or the creation is over.</returns>
    public bool TryClaim(PendingCreation creation)
    {
        lock (_gate)
        {
            var isFree = !creation.IsClaimed && !creation.IsOver;
            creation.IsClaimed |= isFree;
            return isFree;
        }
    }

    /// <summary>Waits no more. When the last one leaves, the creation is abandoned, and nobody can join it any more.</summary>
    public void Leave(PendingCreation creation)
    {
        lock (_gate)
        {
            if (--creation.Waiters > 0 || creation.IsOver)
            {
                return;
            }

            Remove(creation);
            if (creation.IsClaimed)
            {
                _abandoned.Add(creation);
            }
        }

        creation.Abandon();
    }

    /// <summary>Takes a creation whose result is known, or about to be, out of the table.</summary>
    public void End(PendingCreation creation)
    {
        lock (_gate)
        {
            _abandoned.Remove(creation);
            if (!creation.IsOver)
            {
                Remove(creation);
            }
        }
    }

    /// <summary>Ends a creation for which there is no value. All who wait get the exception.</summary>
    public void Fail(PendingCreation creation, Exception exception)
    {
        End(creation);
        creation.Fail(exception);
        if (creation.IsRefresh && !creation.Abandoned.IsCancellationRequested)
        {
            RefreshFailed?.Invoke(creation.Key.Key, exception);
        }
    }

    /// <summary>Lets the caller give the lease of a creation back, or the lease key.</summary>
    /// <returns>False if it is not this process's own, or somebody has given it back already.</returns>
    public bool TryTakeLease(PendingCreation creation)
    {
        lock (_gate)
        {
            var isOwn = creation.OwnsLease;
            creation.OwnsLease = false;
            return isOwn;
        }
    }

    /// <summary>Lets nobody join the creations of a key that have no lease any more.</summary>
    public void Detach(ReadOnlySpan<byte> key)
    {
        // Hardly ever is there one, and every delete asks.
        if (Volatile.Read(ref _leaseless) == 0)
        {
            return;
        }

        lock (_gate)
        {
            foreach (var creation in _creations)
            {
                if (!creation.Lease.IsReal && key.SequenceEqual(creation.Key.Key))
                {
                    creation.IsDetached = true;
                    Unlist(creation);
                }
            }
        }
    }

    /// <summary>Abandons all creations. Those who wait get <see cref="ObjectDisposedException"/>.</summary>
    /// <returns>Those whose leases the caller has to give back; nobody else does.</returns>
    public List<PendingCreation> Dispose()
    {
        var leased = new List<PendingCreation>();
        PendingCreation[] creations;
        lock (_gate)
        {
            _disposed = true;
            creations = new PendingCreation[_creations.Count];
            _creations.CopyTo(creations);
            leased.AddRange(_creations);
            leased.AddRange(_abandoned);
            leased.RemoveAll(static creation => !creation.OwnsLease);
            leased.ForEach(static creation => creation.OwnsLease = false);
            _abandoned.Clear();
            Array.ForEach(creations, Remove);
        }

        foreach (var creation in creations)
        {
            creation.Fail(Disposed());
            creation.Abandon();
        }

        return leased;
    }

    private static bool Hold(HashSet<PendingCreation> creations, MemcachedServer server)
    {
        foreach (var creation in creations)
        {
            if (creation.Lease.Server == server || creation.LeaseKeyRouter?.Has(server) == true)
            {
                return true;
            }
        }

        return false;
    }

    private static ObjectDisposedException Disposed() => new(PublicNames.Pool);

    // Under the gate.
    private void Remove(PendingCreation creation)
    {
        creation.IsOver = true;
        _creations.Remove(creation);
        _leaseless -= creation.Lease.IsReal ? 0 : 1;
        Unlist(creation);
    }

    // Under the gate. Another creation may have begun in the place of a detached one.
    private void Unlist(PendingCreation creation)
    {
        if (_joinable.TryGetValue(creation.Key, out var joinable) && joinable == creation)
        {
            _joinable.Remove(creation.Key);
        }
    }
}
