namespace TypedCache.Transport.Health;

/// <summary>
/// The connection of a server that has been taken out: the calls that are under way may still be answered, until all of them have timed out.
/// Its link calls this under its gate.
/// </summary>
internal sealed class RetiredConnection
{
    private ServerConnection? _connection;
    private long _end;

    /// <summary>Whether there is one.</summary>
    public bool Exists => _connection is not null;

    /// <summary>Whether calls wait for their replies over it.</summary>
    public bool IsBusy => _connection is { IsBusy: true };

    /// <summary>Whether something is to be done over it that waits for nobody (<see cref="ServerConnection.HasWorkDue"/>).</summary>
    public bool HasWorkDue(long now) => _connection?.HasWorkDue(now) == true;

    /// <summary>Takes another one in the place of the last, if there is one. What comes over it counts no more.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="end">When it is closed in any case, in milliseconds of the <see cref="LimitClock"/>.</param>
    public void Replace(ServerConnection? connection, long end)
    {
        Close(GivenUp);
        (_connection, _end) = (connection, end);
        if (connection is not null)
        {
            connection.Tally = null;
        }
    }

    /// <summary>Closes it once nobody needs it any more.</summary>
    public void CloseIfDone(long now)
    {
        if (_connection is not null && (!IsBusy || now > _end))
        {
            Close(GivenUp);
        }
    }

    /// <summary>Closes it.</summary>
    public void Close(Func<Exception> reason)
    {
        _connection?.Close(reason);
        _connection = null;
    }

    private static MemcachedConnectionException GivenUp() => new("The connection was given up, because its server is sick.");
}
