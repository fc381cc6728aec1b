using TypedCache.Keys;
using TypedCache.Pool.Operations;
using TypedCache.Protocol;
using TypedCache.Telemetry;
using TypedCache.Transport;

namespace TypedCache.Pool;

/// <summary>Begins the operations of a pool and sends them.</summary>
internal sealed class OperationSender
{
    private readonly object _owner;
    private readonly byte[] _keyPrefix;
    private readonly KeyTransformer _keyTransformer;
    private readonly Func<OperationRouter> _newest;
    private volatile OperationRouter _router;
    private long _timeout;
    private volatile bool _closed;

    /// <summary>Makes a sender.</summary>
    /// <param name="owner">The pool. It must not be finalized while its operations are under way.</param>
    /// <param name="router">Finds the servers of keys at first.</param>
    /// <param name="keyPrefix">What stands in front of every key.</param>
    /// <param name="keyTransformer">What becomes of every key then.</param>
    /// <param name="timeout">How long callers wait.</param>
    public OperationSender(object owner, OperationRouter router, byte[] keyPrefix, KeyTransformer keyTransformer, TimeSpan timeout)
    {
        _owner = owner;
        _keyPrefix = keyPrefix;
        _keyTransformer = keyTransformer;
        SendsKeysAsGiven = keyPrefix.Length == 0 && keyTransformer == KeyTransformer.None;
        MaxKeyLength = keyTransformer.MaxKeyLength - keyPrefix.Length;
        _newest = () => _router!;
        _router = router;
        router.Newest = _newest;
        Timeout = timeout;
    }

    /// <summary>Finds the servers of keys. A call takes it once, when it begins.</summary>
    public OperationRouter Router
    {
        get => _router;
        set
        {
            value.Newest = _newest;
            _router = value;
        }
    }

    /// <summary>Called with a read that has won a lease that nobody will use, and the server that gave it.</summary>
    public Action<Operation, MemcachedServer>? LeaseUnused { get; set; }

    /// <summary>How long callers wait. It may change at any time, for the operations that are sent from then on.</summary>
    public TimeSpan Timeout
    {
        get => TimeSpan.FromMilliseconds(Volatile.Read(ref _timeout));
        set => Volatile.Write(ref _timeout, (long)value.TotalMilliseconds);
    }

    /// <summary>The clock by which calls time out.</summary>
    public LimitClock Clock { get; init; } = LimitClock.System;

    /// <summary>Hears of all changes.</summary>
    public IWriteWatcher? Watcher { get; init; }

    /// <summary>What the pool tells of its calls.</summary>
    public PoolTelemetry Telemetry { get; init; } = PoolTelemetry.Silent;

    /// <summary>What stands in front of every key.</summary>
    public ReadOnlySpan<byte> KeyPrefix => _keyPrefix;

    /// <summary>How many bytes the prefix and the transformer leave for a key.</summary>
    public int MaxKeyLength { get; }

    /// <summary>Whether keys go over the wire as callers give them.</summary>
    public bool SendsKeysAsGiven { get; }

    /// <summary>Prepares the request of an operation for a key as callers give it.</summary>
    public void Begin(RoutedOperation operation, Verb verb, ReadOnlySpan<byte> key, KeyTemplate? template) =>
        operation.Begin(verb, ToWire(key, stackalloc byte[CacheKeyWriter.StackSize], template), template);

    /// <summary>
    /// The key as it goes over the wire: with the prefix, and transformed. One that is too long for that ends in a hash; whoever wants another
    /// end has written the key with <see cref="MaxKeyLength"/>.
    /// </summary>
    /// <param name="key">A key as callers give it. Its bytes are checked where they enter a request.</param>
    /// <param name="buffer">Room for the result, where it is not the key: <see cref="CacheKeyWriter.StackSize"/> bytes.</param>
    /// <param name="template">What the key is called in telemetry.</param>
    /// <exception cref="CacheKeyException">The key is empty, or too long even without the prefix, or the transformer does not take it.</exception>
    public ReadOnlySpan<byte> ToWire(ReadOnlySpan<byte> key, Span<byte> buffer, KeyTemplate? template = null)
    {
        if (SendsKeysAsGiven)
        {
            return key;
        }

        if (key.IsEmpty || key.Length > CacheKeyWriter.MaxLength)
        {
            CacheKeyWriter.ThrowInvalid(key, KeyTemplate.Cover(template));
        }

        _keyPrefix.CopyTo(buffer);
        var rest = buffer[_keyPrefix.Length..];
        var length = key.Length;
        if (length > MaxKeyLength)
        {
            length = KeyTail.Write(key, MaxKeyLength, rest, KeyTemplate.Cover(template));
        }
        else
        {
            key.CopyTo(rest);
        }

        return buffer[.._keyTransformer.Transform(buffer, _keyPrefix.Length + length, KeyTemplate.Cover(template))];
    }

    /// <summary>Sends an operation to the server of its key.</summary>
    /// <exception cref="ObjectDisposedException">The pool has been disposed.</exception>
    public void Send(RoutedOperation operation, CancellationToken cancellationToken) => Send(operation, _router, cancellationToken);

    /// <summary>Sends an operation to the server of its key, among those with which the call that it is part of has begun.</summary>
    /// <exception cref="ObjectDisposedException">The pool has been disposed.</exception>
    public void Send(RoutedOperation operation, OperationRouter router, CancellationToken cancellationToken)
    {
        ThrowIfClosed();
        Prepare(operation, cancellationToken);
        operation.Route.Send(operation, router);
    }

    /// <summary>Sends an operation to one server and no other.</summary>
    public void SendTo(MemcachedServer server, RoutedOperation operation, CancellationToken cancellationToken)
    {
        Prepare(operation, cancellationToken);
        operation.Route.SendTo(operation, server);
    }

    /// <summary>Sends a piece of a multi-get to one server and no other.</summary>
    /// <param name="server">The server.</param>
    /// <param name="operation">The piece.</param>
    /// <param name="travelsApart">Whether it takes a connection for large values, where there is one.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public void SendTo(MemcachedServer server, BatchReadOperation operation, bool travelsApart, CancellationToken cancellationToken)
    {
        Prepare(operation, cancellationToken);
        operation.Route.SendTo(operation, server, travelsApart ? server.FindBulkLinkForBatch(operation.Keys[0]) : null);
    }

    /// <summary>Whether nothing more is sent by key.</summary>
    public bool IsClosed => _closed;

    /// <summary>Sends nothing more by key.</summary>
    public void Close() => _closed = true;

    /// <exception cref="ObjectDisposedException">The pool has been disposed.</exception>
    public void ThrowIfClosed()
    {
        if (_closed)
        {
            throw Closed();
        }
    }

    private static ObjectDisposedException Closed() => new(PublicNames.Pool);

    private void Prepare(RoutedOperation operation, CancellationToken cancellationToken)
    {
        operation.Route.Owner = _owner;
        operation.Route.LeaseUnused = LeaseUnused;
        if (Watcher is { } watcher && WireProtocol.Changes(operation.Request.Verb))
        {
            watcher.Changes(operation.Request.Key);
            operation.Route.Watch(operation, watcher);
        }

        operation.Deadline = Clock.Now + Volatile.Read(ref _timeout);
        operation.ObserveCancellation(cancellationToken);
    }
}
