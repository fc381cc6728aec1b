namespace TypedCache.Transport;

/// <summary>Where an operation goes when its connection has no further use for it, and what it leaves behind on its way.</summary>
internal interface IOperationRoute
{
    /// <summary>Sends the next request of an operation that takes several.</summary>
    void Continue(Operation operation);

    /// <summary>Sends an operation of which no byte has been sent elsewhere, or fails it with <paramref name="failure"/> where there is no other server.</summary>
    void Reroute(Operation operation, MemcachedConnectionException failure);

    /// <summary>
    /// Takes an operation whose CAS number is older than the connection it was to be sent over: no byte of it has been sent, since the
    /// server may have been restarted, and may have given the number anew.
    /// </summary>
    void Outdate(Operation operation);

    /// <summary>
    /// Takes note of an operation that has failed, although it may have been carried out, or of one that has not been sent since its caller
    /// had left. Called before its caller hears of it. The operation is not kept.
    /// </summary>
    void Lost(Operation operation);

    /// <summary>Takes note of an operation that its connection had no room for. The operation is not kept.</summary>
    void Overloaded(Operation operation);

    /// <summary>Called with an operation that <see cref="Operation.IsFollowed"/>, when the server has answered and before its caller hears of it. The operation is not kept.</summary>
    void Answered(Operation operation);

    /// <summary>Gives back a lease that a read has won and nobody will use. The operation is not kept.</summary>
    void ReturnLease(Operation read);

    /// <summary>Takes note of how long the value is that comes, in bytes.</summary>
    void NoteLength(ReadOnlySpan<byte> key, int length);

    /// <summary>Whether the caller is told of a miss instead of the failure.</summary>
    bool EndsAsMiss(Exception failure);
}
