namespace TypedCache.Creation;

/// <summary>The flights of one pool. Nothing of a caller runs under its lock.</summary>
internal sealed class FlightTable
{
    private readonly Lock _gate = new();

    // Those which can be joined, and all.
    private readonly Dictionary<FlightKey, Flight> _joinable = [];
    private readonly HashSet<Flight> _flights = [];
    private int _leaseless;
    private bool _disposed;

    /// <summary>How many callers wait, background refreshes included.</summary>
    public int Waiters
    {
        get
        {
            lock (_gate)
            {
                return _flights.Sum(flight => flight.Waiters);
            }
        }
    }

    /// <summary>Waits with the others for a flight, which begins if there is none. Each call needs one <see cref="Leave"/>.</summary>
    /// <param name="key">Which flight.</param>
    /// <param name="ownsLease">Whether the caller has won the lease.</param>
    /// <param name="isNew">Whether the flight has just begun.</param>
    public Flight<T> Join<T>(FlightKey key, bool ownsLease, out bool isNew)
    {
        lock (_gate)
        {
            if (_disposed)
            {
                throw Disposed();
            }

            isNew = !_joinable.TryGetValue(key, out var flight);
            if (flight is null)
            {
                flight = new Flight<T>(key);
                _joinable.Add(key, flight);
                _flights.Add(flight);
                _leaseless += flight.Lease.IsReal ? 0 : 1;
            }

            flight.Waiters++;
            if (ownsLease)
            {
                // Never taken back: where leases are keys, the one who creates sets it, at any time.
                flight.OwnsLease = true;
            }

            return (Flight<T>)flight;
        }
    }

    /// <summary>Makes the caller the one who creates the value of a flight.</summary>
    /// <returns>False if somebody does so already, or the flight is over.</returns>
    public bool TryClaim(Flight flight)
    {
        lock (_gate)
        {
            var claims = !flight.IsClaimed && !flight.IsOver;
            flight.IsClaimed |= claims;
            return claims;
        }
    }

    /// <summary>Waits no more. When the last one leaves, the flight is abandoned, and nobody can join it any more.</summary>
    public void Leave(Flight flight)
    {
        lock (_gate)
        {
            if (--flight.Waiters > 0 || flight.IsOver)
            {
                return;
            }

            Remove(flight);
        }

        flight.Abandon();
    }

    /// <summary>Takes a flight whose result is known, or about to be, out of the table.</summary>
    public void End(Flight flight)
    {
        lock (_gate)
        {
            if (!flight.IsOver)
            {
                Remove(flight);
            }
        }
    }

    /// <summary>Lets nobody join the flights of a key any more which have no lease.</summary>
    public void Detach(ReadOnlySpan<byte> key)
    {
        // Hardly ever is there one, and every delete asks.
        if (Volatile.Read(ref _leaseless) == 0)
        {
            return;
        }

        lock (_gate)
        {
            foreach (var flight in _flights)
            {
                if (!flight.Lease.IsReal && key.SequenceEqual(flight.Key.Key))
                {
                    flight.IsDetached = true;
                    Unlist(flight);
                }
            }
        }
    }

    /// <summary>Abandons all flights. Those who wait get <see cref="ObjectDisposedException"/>.</summary>
    public void Dispose()
    {
        Flight[] flights;
        lock (_gate)
        {
            _disposed = true;
            flights = new Flight[_flights.Count];
            _flights.CopyTo(flights);
            Array.ForEach(flights, Remove);
        }

        foreach (var flight in flights)
        {
            flight.Fail(Disposed());
            flight.Abandon();
        }
    }

    private static ObjectDisposedException Disposed() => new(PublicNames.Pool);

    // Under the gate.
    private void Remove(Flight flight)
    {
        flight.IsOver = true;
        _flights.Remove(flight);
        _leaseless -= flight.Lease.IsReal ? 0 : 1;
        Unlist(flight);
    }

    // Under the gate. Another flight may have begun in the place of a detached one.
    private void Unlist(Flight flight)
    {
        if (_joinable.TryGetValue(flight.Key, out var joinable) && joinable == flight)
        {
            _joinable.Remove(flight.Key);
        }
    }
}
