using TypedCache.Pool;
using TypedCache.Transport;
using TypedCache.Values;

namespace TypedCache.Near;

/// <summary>A value in the near cache, as an object that all callers share or as the bytes from which each gets its own.</summary>
/// <remarks>
/// It counts for the servers that the pool had when it was read, and for one life of the server that it is of: after a restart, a CAS
/// number can come to stand for another value.
/// </remarks>
/// <typeparam name="T">The type of the value.</typeparam>
internal sealed class NearValue<T> : NearEntry
{
    // What an entry takes in the heap besides its key and its value: the object itself, the head of the key's array, its place in the table.
    private const int Overhead = 192;

    private readonly MemcachedServer _server;
    private readonly ConnectionNumbers _connections;
    private readonly int _connection;
    private long _start;
    private long _end;

    /// <summary>Makes an entry.</summary>
    /// <param name="key">The key as it goes over the wire.</param>
    /// <param name="hash">Its hash.</param>
    /// <param name="read">What has been read.</param>
    /// <param name="codec">What reads it.</param>
    /// <param name="router">The servers that the pool had.</param>
    /// <param name="life">From when until when it may be given out.</param>
    /// <param name="keptUntil">Until when the server is asked whether it has changed.</param>
    public NearValue(byte[] key, int hash, in NearRead<T> read, ICacheCodec<T> codec, OperationRouter router, NearLife life, long keptUntil)
        : base(key, hash, Overhead + key.Length + read.Size)
    {
        Value = read.Value;
        Bytes = read.Bytes;
        Length = read.Length;
        Cas = read.Cas;
        _server = read.Server!;
        _connections = _server.Connections;
        _connection = Cas.NewestConnection;
        Codec = codec;
        Router = router;
        KeptUntil = keptUntil;
        Renew(life);
    }

    /// <summary>The object that callers share, where there are no bytes.</summary>
    public T? Value { get; }

    /// <summary>The stored bytes; null: callers share the object.</summary>
    public StoredBytes? Bytes { get; }

    /// <summary>How many bytes it has as it is stored on its server.</summary>
    public int Length { get; }

    public ICacheCodec<T> Codec { get; }

    /// <summary>The state in which it was read; its number is 0 where the server gives none.</summary>
    public CasToken Cas { get; }

    public MemcachedServer Server => _server;

    public OperationRouter Router { get; }

    /// <summary>Until when the server is asked whether it has changed; then it is read in full again.</summary>
    public long KeptUntil { get; }

    /// <summary>The value for one caller.</summary>
    /// <param name="pipeline">Reads it from its bytes, where those are kept.</param>
    /// <param name="template">What the key is called in telemetry.</param>
    /// <exception cref="CacheValueException">The bytes are not a value of the type.</exception>
    public T Take(ValuePipeline pipeline, KeyTemplate? template) =>
        Bytes is { } bytes ? pipeline.Decode(Codec, Key, bytes.Flags, bytes.Payload, template) : Value!;

    /// <summary>Whether it is of the servers that the pool has now, and of this life of its server.</summary>
    /// <param name="router">The servers that the pool has now.</param>
    public bool IsOf(OperationRouter router) => Router == router && _connections.Newest == _connection;

    /// <summary>Whether it may be given out.</summary>
    /// <param name="now">The time.</param>
    /// <param name="near">What the caller wants.</param>
    public bool IsFresh(long now, NearOptions near) =>
        now - Volatile.Read(ref _start) < near.DurationTicks && now < Volatile.Read(ref _end) - near.StaleTicks;

    /// <summary>The server has said that it has not changed.</summary>
    /// <param name="life">From when until when it may be given out now.</param>
    public void Renew(NearLife life)
    {
        // The start last: whoever sees it sees the end that goes with it.
        Volatile.Write(ref _end, life.End);
        Volatile.Write(ref _start, life.Start);
    }
}
