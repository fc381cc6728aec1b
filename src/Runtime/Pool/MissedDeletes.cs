using TypedCache.Pool.Operations;
using TypedCache.Protocol;
using TypedCache.Telemetry;
using TypedCache.Transport;

namespace TypedCache.Pool;

/// <summary>
/// What one server has missed while it could not be reached: deletes and invalidations that went elsewhere or failed, and the keys that were
/// written elsewhere. It is carried out when the server is back and before anybody of this pool reads from it. It belongs to the place,
/// host and port: a server that is removed and added again takes it over.
/// </summary>
/// <param name="capacity">How many keys are kept; 0: none, and nothing is carried out.</param>
/// <param name="onOverflow">What happens where there are more.</param>
/// <param name="settings">How servers are spoken to.</param>
internal sealed class MissedDeletes(int capacity, MissedDeletesOverflow onOverflow, LinkSettings settings) : IHomecoming
{
    // How many are sent at once, and for how many connect timeouts a server may catch up. Then it counts as failed again; the rest is kept.
    private const int ChunkSize = 512;
    private const int LongestReturn = 10;

    // What is missed and whether the server is there change together. Where both are needed, this lock is taken before that of a link.
    private readonly Lock _gate = new();

    // One connection at a time catches up.
    private readonly Lock _turn = new();
    private readonly MissedNotes _notes = new(capacity);
    private volatile MemcachedServer? _server;
    private volatile int _count;
    private int _underWay;
    private int _carriedOut;
    private bool _isTold;
    private bool _hasOverflowed;
    private bool _flushes;

    /// <summary>How many keys there are of which the server has missed something.</summary>
    public int Count => _count;

    private Action Asked => () => _server!.Link.Heartbeat?.Wake();

    private bool IsUsable => _server?.Link is { IsUsable: true, IsLeaving: false, IsClosed: false };

    private ServerTelemetry Telemetry => _server!.Telemetry;

    /// <summary>Belongs to a server from now on.</summary>
    public void Attach(MemcachedServer server) => _server = server;

    /// <summary>
    /// A request on a key does not reach the server: it is noted, if the server is away, or carried out at once, before whatever this pool
    /// asks the server for from now on.
    /// </summary>
    /// <param name="key">The key as it goes over the wire.</param>
    /// <param name="kind">What the request does.</param>
    /// <param name="expiry">The expiry of a value that is marked as stale, as it goes on the wire; 0: it keeps its own.</param>
    /// <param name="wentTo">Where the request goes instead; null: nowhere.</param>
    public void Note(ReadOnlySpan<byte> key, MissedKind kind, long expiry = 0, MemcachedServer? wentTo = null)
    {
        if (capacity > 0 && !TryKeep(key, kind, expiry, wentTo))
        {
            SendNow(key, kind, expiry);
        }
    }

    /// <inheritdoc cref="Note(ReadOnlySpan{byte}, MissedKind, long, MemcachedServer?)"/>
    public void Note(ReadOnlySpan<byte> key, MissedKind kind, long expiry, List<MemcachedServer> wentTo)
    {
        Note(key, kind, expiry);
        foreach (var server in wentTo)
        {
            TryKeep(key, kind, expiry, server);
        }
    }

    /// <summary>Notes a request that does not reach the server, if the server is away.</summary>
    /// <returns>Whether it is away.</returns>
    /// <inheritdoc cref="Note(ReadOnlySpan{byte}, MissedKind, long, MemcachedServer?)" path="/param"/>
    public bool TryKeep(ReadOnlySpan<byte> key, MissedKind kind, long expiry, MemcachedServer? wentTo)
    {
        lock (_gate)
        {
            if (IsUsable)
            {
                return false;
            }

            if (capacity > 0)
            {
                Keep(key, kind, expiry, wentTo);
            }

            return true;
        }
    }

    /// <summary>Notes a request that does not reach the server, and has it carried out soon if the server is there.</summary>
    /// <inheritdoc cref="Note(ReadOnlySpan{byte}, MissedKind, long, MemcachedServer?)" path="/param"/>
    public void NoteForLater(ReadOnlySpan<byte> key, MissedKind kind, long expiry)
    {
        if (capacity == 0)
        {
            return;
        }

        lock (_gate)
        {
            Keep(key, kind, expiry, wentTo: null);
        }

        _server?.Link.Settle();
    }

    public bool TryArrive(Action arrive)
    {
        lock (_gate)
        {
            if (_notes.Count > 0 || _underWay > 0 || _flushes)
            {
                return false;
            }

            arrive();
            TellReturn();
            return true;
        }
    }

    public void Welcome(ServerConnection connection, Func<bool> isCancelled, Action expect, Action arrive)
    {
        if (TryArrive(arrive))
        {
            return;
        }

        lock (_turn)
        {
            var deadline = new ConnectDeadline(settings.ConnectTimeout * LongestReturn, isCancelled);
            for (int? before = null; !TryArrive(arrive);)
            {
                // Others may write as fast as it catches up.
                var left = _count;
                if (before is not null && (left <= ChunkSize || left >= before))
                {
                    expect();
                }

                before = left;
                CarryOutSome(connection, deadline);
            }
        }
    }

    // Under the gate.
    private void Keep(ReadOnlySpan<byte> key, MissedKind kind, long expiry, MemcachedServer? wentTo)
    {
        if (_server?.Link is { IsClosed: true, IsRemoved: false })
        {
            // With its pool.
            return;
        }

        var dropped = _notes.Add(key, kind, expiry, wentTo);
        _count = _notes.Count + _underWay;
        if (!_isTold)
        {
            _isTold = true;
            Telemetry.MissesDeletes();
        }

        if (dropped > 0)
        {
            Telemetry.DroppedMissedDeletes(dropped, isFirst: !_hasOverflowed, isFlushed: onOverflow == MissedDeletesOverflow.FlushOnReturn);
            _hasOverflowed = true;
            _flushes = onOverflow == MissedDeletesOverflow.FlushOnReturn;
        }
    }

    // Under the gate.
    private void TellReturn()
    {
        if (_isTold)
        {
            Telemetry.CaughtUp(_carriedOut);
            _isTold = false;
            _hasOverflowed = false;
            _carriedOut = 0;
        }
    }

    // As an operation like any other: those on the same key that follow it over any connection keep their order.
    private void SendNow(ReadOnlySpan<byte> key, MissedKind kind, long expiry)
    {
        var operation = OperationPool<StatusOperation>.Rent();
        operation.Begin(kind == MissedKind.Invalidate ? Verb.Invalidate : Verb.Delete, key);
        operation.Request.Expiry = kind == MissedKind.Invalidate ? expiry : 0;
        operation.Deadline = settings.Limits.Clock.Now + (long)settings.Limits.OperationTimeout.TotalMilliseconds;
        operation.Route.IsReplay = true;
        _ = EndAsync(operation.AsTask());
        operation.Route.SendTo(operation, _server!);
    }

    private static async Task EndAsync(ValueTask sent)
    {
        try
        {
            await sent.ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is MemcachedException or ObjectDisposedException)
        {
            // Its route has noted it again.
        }
    }

    private void CarryOutSome(ServerConnection connection, ConnectDeadline deadline)
    {
        bool flushes;
        List<MissedDelete> taken;
        lock (_gate)
        {
            flushes = _flushes;
            _flushes = false;
            taken = _notes.Take(ChunkSize);
            _underWay = taken.Count + (flushes ? 1 : 0);
        }

        var isDone = false;
        try
        {
            CarryOut(connection, taken, flushes, deadline.Within(settings.ConnectTimeout));
            CleanUpElsewhere(taken, deadline);
            isDone = true;
        }
        finally
        {
            lock (_gate)
            {
                _underWay = 0;
                if (isDone)
                {
                    _carriedOut += taken.Count;
                }
                else
                {
                    _flushes |= flushes;
                    _notes.PutBack(taken);
                }

                _count = _notes.Count;
            }
        }
    }

    private void CarryOut(ServerConnection connection, List<MissedDelete> notes, bool flushes, ConnectDeadline deadline)
    {
        var replay = new ReplayOperation();
        var text = replay.Write(connection);
        if (flushes)
        {
            text.Flush();
        }

        foreach (var note in notes)
        {
            if (note.Kind == MissedKind.Invalidate)
            {
                text.Invalidate(note.Key, note.Expiry);
            }
            else
            {
                text.Delete(note.Key);
            }
        }

        var refused = replay.Run(connection, text, deadline, Asked);
        Telemetry.CarriedOutMissedDeletes(notes.Count, refused);
    }

    // What went elsewhere while the server was away would be found there, older than what is written here from now on, if it failed again.
    private static void CleanUpElsewhere(List<MissedDelete> notes, ConnectDeadline deadline)
    {
        Dictionary<MemcachedServer, List<MissedDelete>>? left = null;
        foreach (var note in notes)
        {
            foreach (var server in note.WentTo)
            {
                left ??= [];
                if (!left.TryGetValue(server, out var there))
                {
                    left.Add(server, there = []);
                }

                there.Add(note);
            }
        }

        foreach (var (server, there) in left ?? [])
        {
            server.Missed.CleanUp(there, deadline);
        }
    }

    private void CleanUp(List<MissedDelete> left, ConnectDeadline deadline)
    {
        if (_server!.Link.OpenConnection is not { } connection || !TryRemove(connection, left, deadline))
        {
            foreach (var note in left)
            {
                Note(note.Key, MissedKind.Write);
            }
        }
    }

    private bool TryRemove(ServerConnection connection, List<MissedDelete> left, ConnectDeadline deadline)
    {
        try
        {
            var replay = new ReplayOperation();
            var text = replay.Write(connection);
            foreach (var note in left)
            {
                text.Delete(note.Key);
            }

            replay.Run(connection, text, deadline.Within(settings.ConnectTimeout), Asked);
            return true;
        }
        catch (Exception exception) when (exception is MemcachedException or TimeoutException)
        {
            return false;
        }
    }
}
