namespace TypedCache.Protocol;

/// <summary>What an operation asks a server to do, in terms of memcached and not of one protocol.</summary>
internal enum Verb
{
    Handshake,
    Replay,
    Get,
    GetNear,
    GetAndTouch,
    GetItem,
    GetOrLease,
    GetBatch,
    GetNearBatch,
    GetOrLeaseBatch,
    Exists,
    Inspect,
    InspectItem,
    Set,
    Add,
    Replace,
    Append,
    Prepend,
    CompareAndSet,
    Touch,
    Delete,
    Invalidate,
    Release,
    Increment,
    Decrement,
    Version,
    Stats,
    Flush,
}
