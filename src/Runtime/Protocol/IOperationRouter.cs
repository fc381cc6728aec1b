namespace TypedCache.Protocol;

/// <summary>Finds the server for an operation's next request.</summary>
internal interface IOperationRouter
{
    /// <summary>Sends the next request of an operation which takes several.</summary>
    void Continue(Operation operation);

    /// <summary>Sends an operation which no byte of has been sent elsewhere, or fails it with <paramref name="failure"/> where there is no other server.</summary>
    void Reroute(Operation operation, MemcachedConnectionException failure);

    /// <summary>Gives back a lease which a read has won and nobody will use. The operation is not kept.</summary>
    void ReturnLease(Operation read);
}
