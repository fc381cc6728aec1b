namespace TypedCache;

public static partial class TypedCacheTelemetry
{
    /// <summary>The names of the instruments. <c>docs/telemetry.md</c> says what each counts, and with which attributes.</summary>
#pragma warning disable CA1034 // They are constants, and belong to the names around them.
    public static class Instruments
#pragma warning restore CA1034
    {
        /// <summary>How long calls take, as their callers see it: a histogram in seconds.</summary>
        public const string OperationDuration = "db.client.operation.duration";

        /// <summary>Open connections.</summary>
        public const string ConnectionCount = "db.client.connection.count";

        /// <summary>How long opening a connection takes, TLS, login and first answer included: a histogram in seconds.</summary>
        public const string ConnectionCreateTime = "db.client.connection.create_time";

        /// <summary>Requests that wait for a connection.</summary>
        public const string ConnectionPendingRequests = "db.client.connection.pending_requests";

        /// <summary>Attempts to connect that took longer than <see cref="MemcachedPoolOptions.ConnectTimeout"/>.</summary>
        public const string ConnectionTimeouts = "db.client.connection.timeouts";

        /// <summary>Calls for one key, by result.</summary>
        public const string Requests = "typedcache.client.requests";

        /// <summary>Keys of batches, by result.</summary>
        public const string Keys = "typedcache.client.keys";

        /// <summary>Values that create functions were run for.</summary>
        public const string Creations = "typedcache.creations";

        /// <summary>How long create functions run: a histogram in seconds.</summary>
        public const string CreateDuration = "typedcache.create.duration";

        /// <summary>Waits for values that another process creates.</summary>
        public const string LeaseWaits = "typedcache.lease.waits";

        /// <summary>How long those waits take: a histogram in seconds.</summary>
        public const string LeaseWaitDuration = "typedcache.lease.wait.duration";

        /// <summary>Hits that were to be audited (<see cref="GetOrCreateOptions.Audit"/>), by outcome.</summary>
        public const string Audits = "typedcache.audits";

        /// <summary>For how long values had been stored that an audit found to differ from what is created: a histogram in seconds.</summary>
        public const string AuditMismatchAge = "typedcache.audit.mismatch.age";

        /// <summary>Stored values that could not be read as the expected type.</summary>
        public const string Undecodable = "typedcache.undecodable";

        /// <summary>Whether a server is usable: 1, or 0 while it has failed.</summary>
        public const string ServerUp = "typedcache.server.up";

        /// <summary>How often servers have failed.</summary>
        public const string ServerFailures = "typedcache.server.failures";

        /// <summary>Items that a server holds. Only with <see cref="MemcachedTelemetryOptions.ServerStatistics"/>, as those that follow.</summary>
        public const string ServerItems = "typedcache.server.items";

        /// <summary>Memory that a server's items take, in bytes.</summary>
        public const string ServerMemory = "typedcache.server.memory";

        /// <summary>Memory that a server's items may take, in bytes.</summary>
        public const string ServerMemoryLimit = "typedcache.server.memory.limit";

        /// <summary>Items that a server has removed for want of memory.</summary>
        public const string ServerEvictions = "typedcache.server.evictions";

        /// <summary>Keys that all clients of a server have asked it for, by result.</summary>
        public const string ServerReads = "typedcache.server.reads";

        /// <summary>Operations that went to another server than the one of their key.</summary>
        public const string FailoverOperations = "typedcache.failover.operations";

        /// <summary>Reads, on their former servers, of keys that move, by result: hit or miss.</summary>
        public const string WarmUpReads = "typedcache.warmup.reads";

        /// <summary>Which list of servers a pool uses (<see cref="MemcachedPool.TopologyVersion"/>).</summary>
        public const string TopologyVersion = "typedcache.topology.version";

        /// <summary>Keys that were looked for in the near cache (<see cref="NearOptions"/>), by result: hit, revalidated, expired or miss.</summary>
        public const string NearRequests = "typedcache.near.requests";

        /// <summary>Values that near caches keep.</summary>
        public const string NearItems = "typedcache.near.items";

        /// <summary>Memory that they take, in bytes.</summary>
        public const string NearSize = "typedcache.near.size";

        /// <summary>Values that near caches have removed for want of room.</summary>
        public const string NearEvictions = "typedcache.near.evictions";

        /// <summary>Keys of which a server has missed a delete, an invalidation or a newer value, and not caught up with.</summary>
        public const string MissedDeletes = "typedcache.missed_deletes";

        /// <summary>Keys of which a server had missed something, and has caught up with.</summary>
        public const string MissedDeletesReplayed = "typedcache.missed_deletes.replayed";

        /// <summary>Keys of which a server has missed something for good: there were too many, or it refused.</summary>
        public const string MissedDeletesDropped = "typedcache.missed_deletes.dropped";

        /// <summary>Bytes sent to servers and received from them.</summary>
        public const string NetworkIo = "typedcache.network.io";

        /// <summary>Requests that have been sent and not answered.</summary>
        public const string InFlight = "typedcache.in_flight";

        /// <summary>Exceptions of the application's event handlers.</summary>
        public const string HandlerFailures = "typedcache.handler.failures";

        /// <summary>How long values are as they are stored: a histogram in bytes. Only with <see cref="MemcachedTelemetryOptions.Sizes"/>.</summary>
        public const string ValueSize = "typedcache.value.size";

        /// <summary>How many keys batches have: a histogram. Only with <see cref="MemcachedTelemetryOptions.Sizes"/>.</summary>
        public const string BatchSize = "typedcache.batch.size";
    }
}
