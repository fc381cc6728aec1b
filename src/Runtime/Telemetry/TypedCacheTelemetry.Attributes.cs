namespace TypedCache;

public static partial class TypedCacheTelemetry
{
    /// <summary>The names of the attributes of measurements and spans.</summary>
#pragma warning disable CA1034 // They are constants, and belong to the names around them.
    public static class Attributes
#pragma warning restore CA1034
    {
        /// <summary>Always <c>memcached</c>.</summary>
        public const string System = "db.system.name";

        /// <summary>The operation: <c>get</c>, <c>get_many</c>, <c>get_or_create</c> and so on.</summary>
        public const string Operation = "db.operation.name";

        /// <summary>The operation and the key's template: <c>get shop:product:{id}</c>.</summary>
        public const string QuerySummary = "db.query.summary";

        /// <summary>The operation and the key itself, on spans. Only with <see cref="MemcachedTelemetryOptions.KeyText"/>.</summary>
        public const string QueryText = "db.query.text";

        /// <summary>The full name of the exception's type.</summary>
        public const string ErrorType = "error.type";

        /// <summary>The server's host, or the path of its socket.</summary>
        public const string ServerAddress = "server.address";

        /// <summary>The server's port, unless it is 11211.</summary>
        public const string ServerPort = "server.port";

        /// <summary><see cref="MemcachedTelemetryOptions.PoolName"/>, or the server's name.</summary>
        public const string ConnectionPoolName = "db.client.connection.pool.name";

        /// <summary>Always <c>used</c>: all callers share an open connection.</summary>
        public const string ConnectionState = "db.client.connection.state";

        /// <summary><c>receive</c> or <c>transmit</c>.</summary>
        public const string IoDirection = "network.io.direction";

        /// <summary>How many keys a batch has.</summary>
        public const string KeyCount = "db.memcached.key_count";

        /// <summary>How many of them there were.</summary>
        public const string HitCount = "db.memcached.hit_count";

        /// <summary>How many of them there were not.</summary>
        public const string MissCount = "db.memcached.miss_count";

        /// <summary>The client's prefix: <c>shop</c>.</summary>
        public const string Client = "typedcache.client";

        /// <summary>The key's template: <c>product:{id}</c>.</summary>
        public const string Key = "typedcache.key";

        /// <summary>
        /// What came of it: <c>hit</c>, <c>stale</c>, <c>miss</c>, <c>stored</c>, <c>not_stored</c>, <c>changed</c>, <c>deleted</c>,
        /// <c>touched</c>, <c>invalidated</c>, <c>not_found</c>, <c>error</c>. Of the near cache:
        /// <c>hit</c>, <c>miss</c>, <c>revalidated</c>, <c>expired</c>.
        /// </summary>
        public const string Result = "typedcache.result";

        /// <summary>Why a value is created: <c>miss</c>, <c>refresh</c>, <c>unreachable</c>.</summary>
        public const string Trigger = "typedcache.trigger";

        /// <summary>
        /// What became of a created value: <c>stored</c>, <c>superseded</c>, <c>not_cached</c>, <c>failed</c>, <c>abandoned</c>. Of an audit:
        /// <c>match</c>, <c>mismatch</c>, <c>void</c>, <c>skipped</c>, <c>error</c>.
        /// </summary>
        public const string Outcome = "typedcache.outcome";

        /// <summary>Whether a value is stored compressed.</summary>
        public const string Compressed = "typedcache.compressed";
    }
}
