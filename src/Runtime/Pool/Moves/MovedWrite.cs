using System.Runtime.CompilerServices;
using TypedCache.Pool.Operations;
using TypedCache.Protocol;
using TypedCache.Transport;

namespace TypedCache.Pool.Moves;

/// <summary>The steps of one write of a key that moves, in the order that <see cref="KeyMoves"/> explains.</summary>
/// <param name="sender">Sends operations.</param>
/// <param name="moved">The other servers of the key.</param>
/// <param name="write">The write itself, which is complete.</param>
/// <param name="send">Sends it, and its copies.</param>
internal sealed class MovedWrite(OperationSender sender, MovedKey moved, RoutedOperation write, Func<List<ValueTask>?> send)
{
    private readonly byte[] _key = write.Request.Key.ToArray();
    private readonly Verb _verb = write.Request.Verb;
    private readonly long _expiry = write.Request.Expiry;
    // Nobody loses a counter to one who has not yet heard of its move; both count on their own until then. One that may be missing, but not
    // old, is removed as a value is.
    private readonly bool _counts = write.Request is { Verb: Verb.Increment or Verb.Decrement, IsRemovedOnFailure: false };
    private List<ValueTask<bool>>? _together;

    /// <summary>Brings the value to the server of the key before the write; null: it is of no use, or there is none.</summary>
    public Func<ValueTask>? Copy { get; init; }

    /// <summary>Whether the steps follow each other.</summary>
    public bool IsOrdered { get; init; }

    /// <inheritdoc cref="KeyMoves.Patience"/>
    public TimeSpan Patience { get; init; }

    /// <summary>Whether there was a value at one of the other servers.</summary>
    public bool HasRemoved { get; private set; }

    /// <summary>Does what comes before the write, and sends it. It does not throw: what goes wrong ends the write.</summary>
    /// <returns>The copies of the write.</returns>
    [AsyncMethodBuilder(typeof(CallMethodBuilder<>))]
    public async ValueTask<List<ValueTask>?> BeginAsync()
    {
        try
        {
            if (!IsOrdered)
            {
                _together = moved.Former.ConvertAll(Remove);
            }
            else if (Copy is not null)
            {
                await Copy().ConfigureAwait(false);
            }

            await RemoveEachAsync(IsOrdered && !_counts ? moved.Former : []).ConfigureAwait(false);
            return send();
        }
        catch (Exception exception)
        {
            write.Fail(exception);
            return null;
        }
    }

    /// <summary>Does what comes after the write.</summary>
    [AsyncMethodBuilder(typeof(CallMethodBuilder))]
    public async ValueTask EndAsync()
    {
        foreach (var removal in _together ?? [])
        {
            HasRemoved |= await IgnoreFailureAsync(removal).ConfigureAwait(false);
        }

        await RemoveEachAsync(_counts ? [] : moved.Next).ConfigureAwait(false);
    }

    [AsyncMethodBuilder(typeof(CallMethodBuilder))]
    private async ValueTask RemoveEachAsync(List<MemcachedServer> servers)
    {
        foreach (var server in servers)
        {
            if (server.Link.FailedFor is { } failedFor && failedFor >= Patience)
            {
                server.Missed.Note(_key, _verb == Verb.Invalidate ? MissedKind.Invalidate : MissedKind.Delete, _verb == Verb.Invalidate ? _expiry : 0);
            }
            else
            {
                HasRemoved |= await Remove(server).ConfigureAwait(false);
            }
        }
    }

    private ValueTask<bool> Remove(MemcachedServer server)
    {
        var operation = OperationPool<StatusOperation>.Rent();
        if (_verb == Verb.Invalidate)
        {
            operation.Begin(Verb.Invalidate, _key);
            operation.Request.Expiry = _expiry;
        }
        else
        {
            operation.Begin(Verb.Delete, _key);
        }

        var removed = operation.AsBoolean();
        sender.SendTo(server, operation, CancellationToken.None);
        return removed;
    }

    // Nothing is read there any more.
    [AsyncMethodBuilder(typeof(CallMethodBuilder<>))]
    private static async ValueTask<bool> IgnoreFailureAsync(ValueTask<bool> removal)
    {
        try
        {
            return await removal.ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is MemcachedException or ObjectDisposedException)
        {
            return false;
        }
    }
}
