namespace TypedCache.Protocol;

/// <summary>Finds another server for an operation which no byte of has been sent.</summary>
internal interface IOperationRouter
{
    /// <summary>Sends the operation elsewhere, or fails it with <paramref name="failure"/> where there is no other server.</summary>
    void Reroute(Operation operation, MemcachedConnectionException failure);
}
