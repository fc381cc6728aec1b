using System.Buffers;
using System.Runtime.CompilerServices;
using TypedCache.Pool.Moves;
using TypedCache.Pool.Operations;
using TypedCache.Protocol;
using TypedCache.Transport;

namespace TypedCache.Pool;

/// <summary>Sends writes, with copies to other servers or zones if the pool keeps some, and to the former servers of keys that move.</summary>
/// <param name="sender">Sends operations.</param>
/// <param name="copies">Brings values to the servers of keys that move.</param>
internal sealed class Redundancy(OperationSender sender, KeyCopies copies)
{
    /// <summary>Takes note of what a server of a zone has missed.</summary>
    public MissedWrite Missed { get; set; } = static (server, key, verb, expiry, then) =>
        server.Missed.Note(key, verb == Verb.Invalidate ? MissedKind.Invalidate : MissedKind.Delete, expiry, then);

    /// <summary>Sends a write that is complete to the server of its key.</summary>
    /// <returns>What belongs to it, to be awaited together with the write; null if there is nothing.</returns>
    public WriteCompanions? Send(RoutedOperation write, CancellationToken cancellationToken) => Send(write, sender.Router, cancellationToken);

    /// <inheritdoc cref="Send(RoutedOperation, CancellationToken)"/>
    public WriteCompanions? Send(RoutedOperation write, OperationRouter router, CancellationToken cancellationToken)
    {
        if (router.HasZones)
        {
            return new WriteCompanions(SendToZones(write, router, cancellationToken));
        }

        return router.Moves?.Find(router, write.Request.Key) is { } moved
            ? new WriteCompanions(Move(write, moved, router, cancellationToken))
            : WriteCompanions.Of(SendHome(write, router, cancellationToken));
    }

    /// <summary>Gives a value the expiry in the other zones that a read gives it in the first one. Nobody waits for it.</summary>
    public void TouchOtherZones(Request read, OperationRouter router)
    {
        foreach (var server in router.FindOtherZones(read.Key, router.FindDecider(read.Key)))
        {
            if (!server.Link.IsUsable)
            {
                continue;
            }

            var touch = OperationPool<StatusOperation>.Rent();
            touch.Begin(Verb.Touch, read.Key);
            touch.Request.Expiry = read.Expiry;
            _ = ForgetAsync(touch.AsBoolean());
            sender.SendTo(server, touch, CancellationToken.None);
        }
    }

    /// <summary>Sends an operation that is fenced by a CAS number to the server that gave the number, and to no other.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="server">The server.</param>
    /// <param name="router">Finds the servers of the copies.</param>
    public ValueTask<CasResult> SendFenced(StatusOperation operation, MemcachedServer server, OperationRouter router)
    {
        var sent = router.Copies > 0 && operation.Request.Verb == Verb.CompareAndSet ? SendCopies(operation.Request, router, CancellationToken.None) : null;
        var result = operation.AsCasResult();
        if (operation.Request.Verb == Verb.CompareAndSet && !router.HasZones && router.FindHome(operation.Request.Key) != server && router.Has(server))
        {
            operation.Route.PassOver(operation, router, server);
        }

        sender.SendTo(server, operation, CancellationToken.None);
        return sent is null ? result : new WriteCompanions(sent).AwaitAsync(result);
    }

    /// <summary>Waits for copies. One that cannot be written is one copy fewer.</summary>
    [AsyncMethodBuilder(typeof(CallMethodBuilder))]
    public static async ValueTask IgnoreFailuresAsync(List<ValueTask>? copies)
    {
        foreach (var copy in copies ?? [])
        {
            await IgnoreFailureAsync(copy).ConfigureAwait(false);
        }
    }

    // Copies are sent first: once an operation has been sent, it may already be complete.
    private List<ValueTask>? SendHome(RoutedOperation write, OperationRouter router, CancellationToken cancellationToken)
    {
        var sent = router.Copies == 0 ? null
            : write is CounterOperation ? SendCounterCopies(write.Request, router, cancellationToken)
            : SendCopies(write.Request, router, cancellationToken);
        sender.Send(write, router, cancellationToken);
        return sent;
    }

    // Apart from where nothing moves, which must not pay for what this keeps. What works on a value that is there needs it where it is sent.
    private MovedWrite Move(RoutedOperation write, MovedKey moved, OperationRouter router, CancellationToken cancellationToken)
    {
        var needsValue = write.Request.Verb is Verb.Add or Verb.Replace or Verb.Append or Verb.Prepend or Verb.CompareAndSet or Verb.Touch or Verb.Increment or Verb.Decrement;
        var source = needsValue ? router.Moves!.FindSource(router, write.Request.Key) : null;
        var key = source is null ? null : write.Request.Key.ToArray();
        return new MovedWrite(sender, moved, write, () => SendHome(write, router, cancellationToken))
        {
            IsOrdered = router.Moves!.IsOrdered,
            Patience = router.Moves.Patience,
            Copy = source is null ? null : () => copies.CopyAsync(key!, router, source),
        };
    }

    private ZoneWrite SendToZones(RoutedOperation write, OperationRouter router, CancellationToken cancellationToken)
    {
        sender.ThrowIfClosed();
        var isUnconditional = write.Request.Verb is Verb.Set or Verb.Delete or Verb.Invalidate;
        var first = isUnconditional ? router.FindHomeZone(write.Request.Key) : router.FindDecider(write.Request.Key);
        var zones = new ZoneWrite(sender, first, router, write.Request, Missed);
        if (write.Route.CasServer is { } server && server != first)
        {
            // Another zone decides now.
            write.AnswerUnsent(ReplyCode.Exists);
        }
        else if (!first.Link.IsUsable)
        {
            write.Fail(router.NoServer(write.Request.Key, first.LastFailure, write.Request.Template));
        }
        else
        {
            sender.SendTo(first, write, cancellationToken);
        }

        return zones;
    }

    private List<ValueTask> SendCopies(Request write, OperationRouter router, CancellationToken cancellationToken)
    {
        var sent = new List<ValueTask>(router.Copies);
        var servers = router.FindCopies(write.Key, router.Copies);
        var isShort = router.NoteWithoutCopy(write, servers);
        foreach (var server in servers)
        {
            var copy = OperationPool<StatusOperation>.Rent();
            copy.Begin(write.Verb is Verb.CompareAndSet or Verb.Invalidate ? Verb.Delete : write.Verb, write.Key);
            copy.Request.Payload.Write(write.Payload.WrittenSpan);
            copy.Request.Flags = write.Flags;
            copy.Request.Expiry = write.Expiry;
            Mark(copy, router, isShort);
            sent.Add(copy.AsTask());
            sender.SendTo(server, copy, cancellationToken);
        }

        return sent;
    }

    private List<ValueTask> SendCounterCopies(Request write, OperationRouter router, CancellationToken cancellationToken)
    {
        var sent = new List<ValueTask>(router.Copies);
        var servers = router.FindCopies(write.Key, router.Copies);
        var isShort = router.NoteWithoutCopy(write, servers);
        foreach (var server in servers)
        {
            var copy = OperationPool<CounterOperation>.Rent();
            copy.Begin(write.Verb, write.Key);
            copy.Request.Delta = write.Delta;
            copy.Request.Initial = write.Initial;
            copy.Request.Expiry = write.Expiry;
            Mark(copy, router, isShort);
            sent.Add(IgnoreValueAsync(copy.AsExisting()));
            sender.SendTo(server, copy, cancellationToken);
        }

        return sent;
    }

    private static void Mark(RoutedOperation copy, OperationRouter router, bool isShort)
    {
        copy.Route.IsCopy = true;
        if (isShort)
        {
            copy.Route.Follow(copy, router);
        }
    }

    [AsyncMethodBuilder(typeof(CallMethodBuilder))]
    private static async ValueTask IgnoreValueAsync(ValueTask<ulong?> counter) => await counter.ConfigureAwait(false);

    private static async Task ForgetAsync(ValueTask<bool> touched)
    {
        try
        {
            await touched.ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is MemcachedException or ObjectDisposedException)
        {
            // The value expires as it would have.
        }
    }

    [AsyncMethodBuilder(typeof(CallMethodBuilder))]
    private static async ValueTask IgnoreFailureAsync(ValueTask copy)
    {
        try
        {
            await copy.ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is MemcachedException or OperationCanceledException or ObjectDisposedException)
        {
        }
    }
}
