using TypedCache.Protocol;
using TypedCache.Transport;

namespace TypedCache.Pool;

/// <summary>
/// The route of one operation: to the server of its key and those tried after it, or to one specific server. It belongs to its
/// operation and is reused with it.
/// </summary>
internal sealed class OperationRoute : IOperationRoute
{
    // Null: the operation goes to one server only.
    private OperationRouter? _router;
    private TriedServers _tried;
    private bool _triedBulkLink;

    // Says which servers have been passed over on the way to the one that got the operation; null: none that would have to know.
    private OperationRouter? _passing;

    // Hears when the operation has been carried out; null: it changes nothing.
    private IWriteWatcher? _watcher;

    // Where a read looks if there is nothing; then it is on its way there.
    private MemcachedServer? _second;
    private bool _isSecond;

    /// <summary>The pool, which lives as long as the operation is under way.</summary>
    public object? Owner { get; set; }

    /// <summary>The server to which the operation was sent last; it is the one that answers.</summary>
    public MemcachedServer? Server { get; private set; }

    /// <summary>Whether a read ends as a miss, not with an exception, if no server can be reached.</summary>
    public bool MissOnFailure { get; set; }

    /// <summary>What is called if the operation has won leases that its caller does not take.</summary>
    public Action<Operation, MemcachedServer>? LeaseUnused { get; set; }

    /// <summary>The only server that may take the operation, because its CAS number is of no other; null: any.</summary>
    public MemcachedServer? CasServer { get; set; }

    /// <summary>Whether the operation writes a copy, which becomes too old where that fails.</summary>
    public bool IsCopy { get; set; }

    /// <summary>Whether the operation carries out what the server has missed.</summary>
    public bool IsReplay { get; set; }

    /// <summary>Whether the operation went to another server than the one of its key.</summary>
    public bool IsAwayFromHome { get; private set; }

    /// <summary>Whether the operation failed before a byte of it was sent, because its only server cannot be reached.</summary>
    public bool WasTurnedAway { get; private set; }

    /// <summary>Sends an operation to the server of its key, or fails it if no server can take it.</summary>
    public void Send(Operation operation, OperationRouter router)
    {
        _router = router;
        Send(operation, router, failure: null);
    }

    /// <summary>Sends an operation to one server and no other.</summary>
    public void SendTo(Operation operation, MemcachedServer server) => SendTo(operation, server, server.FindBulkLink(operation.Request));

    /// <summary>Sends an operation to one server and no other.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="server">The server.</param>
    /// <param name="bulk">The connection for large values that it takes, if any.</param>
    public void SendTo(Operation operation, MemcachedServer server, ServerLink? bulk)
    {
        Server = server;
        operation.Request.Limit = server.Limit;
        _triedBulkLink = bulk is not null;
        (bulk ?? server.Link).Send(operation);
    }

    public void Continue(Operation operation)
    {
        // What a request has changed by mistake is put right, whether or not its caller waits for that.
        if (operation.IsAbandoned && operation.Reply.RestoredExpiry is null)
        {
            operation.Answer();
        }
        else if (_second is { } second)
        {
            _second = null;
            _isSecond = true;
            SendTo(operation, second);
        }
        else if (_router is { } router)
        {
            _tried.Clear();
            _triedBulkLink = false;
            Send(operation, router, failure: null);
        }
        else
        {
            Server!.Link.Send(operation);
        }
    }

    public void Reroute(Operation operation, MemcachedConnectionException failure)
    {
        if (_isSecond && !_triedBulkLink)
        {
            // The first server has said that there is nothing.
            operation.AnswerUnsent(ReplyCode.Miss);
        }
        else if (_router is { } router && !_isSecond)
        {
            Send(operation, Server!.IsRemoved ? FollowChange(router) : router, failure);
        }
        else if (_triedBulkLink)
        {
            // Where it cannot be opened, the server is not to blame yet.
            _triedBulkLink = false;
            Server!.Link.Send(operation);
        }
        else
        {
            WasTurnedAway = true;
            NoteFailed(operation.Request, mayBeUrgent: false);
            operation.Fail(failure);
        }
    }

    public void Lost(Operation operation)
    {
        NoteFailed(operation.Request, mayBeUrgent: !IsReplay);
        Answered(operation);
    }

    public void Overloaded(Operation operation) => NoteFailed(operation.Request, mayBeUrgent: false);

    // A server that was passed over may be back, and have caught up before this has been carried out elsewhere.
    public void Answered(Operation operation)
    {
        _watcher?.Changes(operation.Request.Key);
        if (_passing is { } router && Server is { } server
            && (IsCopy ? !router.Holds(server, operation.Request.Key) : router.HasReturned(operation.Request, server)))
        {
            server.Missed.Note(operation.Request.Key, MissedKind.Write);
        }
    }

    /// <summary>Those that stand before a server in the order of a key have to know of an operation that goes to it. Zones see to that themselves.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="router">Knows the order.</param>
    /// <param name="server">The server.</param>
    public void PassOver(Operation operation, OperationRouter router, MemcachedServer server)
    {
        if (!router.HasZones && MissedKinds.Outdates(operation.Request))
        {
            Follow(operation, router);
            router.NotePassedOver(operation.Request, server);
        }
    }

    public void Outdate(Operation operation)
    {
        var server = Server!;
        var wentApart = _triedBulkLink && !_tried.Contains(server);
        if (!wentApart)
        {
            operation.AnswerUnsent(ReplyCode.Exists);
            return;
        }

        // The connection for all may be older than the one for large values.
        if (_router is null)
        {
            _triedBulkLink = false;
        }
        else
        {
            _tried.Add(server);
        }

        server.Link.Send(operation);
    }

    public void ReturnLease(Operation read) => LeaseUnused?.Invoke(read, Server!);

    public void NoteLength(ReadOnlySpan<byte> key, int length)
    {
        // Keys that were read together, or written as copies, say nothing about the connection that they would take.
        if (_router is not null)
        {
            Server!.NoteLength(key, length);
        }
    }

    public bool EndsAsMiss(Exception failure) => MissOnFailure && failure is MemcachedConnectionException;

    /// <summary>Forgets the route, for the next use.</summary>
    public void Clear()
    {
        Owner = null;
        _router = null;
        _tried.Clear();
        _triedBulkLink = false;
        _second = null;
        _isSecond = false;
        Server = null;
        MissOnFailure = false;
        LeaseUnused = null;
        CasServer = null;
        WasTurnedAway = false;
        IsAwayFromHome = false;
        IsCopy = false;
        IsReplay = false;
        _passing = null;
        _watcher = null;
    }

    /// <summary>Has somebody hear that the operation has been carried out, before its caller does.</summary>
    public void Watch(Operation operation, IWriteWatcher watcher)
    {
        _watcher = watcher;
        operation.IsFollowed = true;
    }

    /// <summary>Looks whether servers that were away when the operation was sent are back when it is answered.</summary>
    public void Follow(Operation operation, OperationRouter router)
    {
        _passing = router;
        operation.IsFollowed = true;
    }

    // A removal that failed is made up for, whether or not it was carried out; so is a copy, which is removed.
    private void NoteFailed(Request request, bool mayBeUrgent)
    {
        if (Server is not { } server || !(MissedKinds.IsRemoval(request) || (IsCopy && MissedKinds.Outdates(request))))
        {
            return;
        }

        if (mayBeUrgent)
        {
            server.Missed.Note(request.Key, MissedKinds.Of(request), request.Expiry);
        }
        else
        {
            server.Missed.NoteForLater(request.Key, MissedKinds.Of(request), request.Expiry);
        }
    }

    // Nothing has been sent, and the server has been closed for good: the operation begins anew with those that there are now.
    private OperationRouter FollowChange(OperationRouter router)
    {
        if (router.Newest?.Invoke() is { } newest && newest != router)
        {
            _router = newest;
            _tried.Clear();
            _triedBulkLink = false;
        }

        return _router!;
    }

    private void Send(Operation operation, OperationRouter router, MemcachedConnectionException? failure)
    {
        var found = router.HasZones
            ? router.FindReader(operation.Request, _tried, out var isHome, out _second)
            : router.Find(operation.Request.Key, _tried, out isHome);
        if (found is not { } server)
        {
            if (MissedKinds.IsRemoval(operation.Request))
            {
                router.NoteUnsent(operation.Request);
            }

            operation.Fail(router.NoServer(operation.Request.Key, failure, operation.Request.Template));
            return;
        }

        Server = server;
        operation.Request.LooksTwice = _second is not null;
        operation.Request.Limit = server.Limit;
        IsAwayFromHome = !isHome;
        if (CasServer is not null && CasServer != server)
        {
            // Another server has taken over the key.
            operation.AnswerUnsent(ReplyCode.Exists);
            return;
        }

        if (!isHome)
        {
            PassOver(operation, router, server);
        }

        if (!_triedBulkLink && server.FindBulkLink(operation.Request) is { } bulk)
        {
            // If it cannot be opened, the server is not to blame yet.
            _triedBulkLink = true;
            bulk.Send(operation);
            return;
        }

        _tried.Add(server);
        server.Link.Send(operation);
    }
}
