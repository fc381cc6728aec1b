using System.Diagnostics;
using System.Runtime.CompilerServices;
using TypedCache.Pool.Operations;
using TypedCache.Protocol;
using TypedCache.Transport;

namespace TypedCache;

public sealed partial class MemcachedPool
{
    /// <summary>
    /// Asks every server whether it is there, and connects to those that are not connected. A server that has failed is not asked: its
    /// reply is the failure.
    /// </summary>
    /// <param name="idleFor">Servers that have answered anything within this time are not asked. Zero: all are.</param>
    /// <param name="timeout">
    /// How long to wait at most, all servers together. <see cref="Timeout.InfiniteTimeSpan"/>:
    /// <see cref="MemcachedPoolOptions.OperationTimeout"/>, which holds in any case.
    /// </param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>
    /// One reply for each server, in the order of <see cref="Servers"/> and then <see cref="Spares"/>: how long it took to answer, null if it was not asked. A server
    /// that did not answer has an error there.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException">A time is negative, or longer than timers allow.</exception>
    [AsyncMethodBuilder(typeof(CallMethodBuilder<>))]
    public async ValueTask<IReadOnlyList<ServerReply<TimeSpan?>>> PingAsync(TimeSpan idleFor, TimeSpan timeout, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(idleFor, TimeSpan.Zero);
        ThrowIfDisposed();
        cancellationToken.ThrowIfCancellationRequested();
        await AwaitServersAsync(cancellationToken).ConfigureAwait(false);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(timeout);
        var servers = _servers.Listed.All;
        var pending = new ValueTask<ServerReply<TimeSpan?>>[servers.Length];
        for (var i = 0; i < pending.Length; i++)
        {
            var server = servers[i];
            pending[i] = server.State == ServerState.Connected && server.Link.IdleMilliseconds < idleFor.TotalMilliseconds
                ? ValueTask.FromResult(new ServerReply<TimeSpan?>(server, null, null))
                : PingAsync(server, timeout, limit.Token);
        }

        var replies = new ServerReply<TimeSpan?>[pending.Length];
        for (var i = 0; i < pending.Length; i++)
        {
            replies[i] = await pending[i].ConfigureAwait(false);
        }

        cancellationToken.ThrowIfCancellationRequested();
        return replies;
    }

    /// <summary>Asks every server whether it is there, and connects to those that are not connected.</summary>
    /// <inheritdoc cref="PingAsync(TimeSpan, TimeSpan, CancellationToken)"/>
    public ValueTask<IReadOnlyList<ServerReply<TimeSpan?>>> PingAsync(CancellationToken cancellationToken = default) =>
        PingAsync(TimeSpan.Zero, Timeout.InfiniteTimeSpan, cancellationToken);

    [AsyncMethodBuilder(typeof(CallMethodBuilder<>))]
    private async ValueTask<ServerReply<TimeSpan?>> PingAsync(MemcachedServer server, TimeSpan timeout, CancellationToken limit)
    {
        var started = Stopwatch.GetTimestamp();
        MemcachedException? error = null;
        try
        {
            await AskAsync(server, limit).ConfigureAwait(false);
        }
        catch (MemcachedServerException)
        {
            // An answer all the same.
        }
        catch (MemcachedException exception)
        {
            error = exception;
        }
        catch (OperationCanceledException)
        {
            // If the caller has cancelled, no reply is given to anybody.
            error = new MemcachedTimeoutException($"{server.Name} did not answer within {timeout.TotalMilliseconds:0} ms.") { Server = server.Name };
        }

        return new ServerReply<TimeSpan?>(server, error is null ? Stopwatch.GetElapsedTime(started) : null, error);
    }

    // A proxy passes no question for the version on, but it does so with the question for a key that nobody stores.
    [AsyncMethodBuilder(typeof(CallMethodBuilder))]
    private async ValueTask AskAsync(MemcachedServer server, CancellationToken cancellationToken)
    {
        try
        {
            var version = new LinesOperation();
            version.Begin(Verb.Version, default);
            var answer = version.AsLines();
            _sender.SendTo(server, version, cancellationToken);
            await answer.ConfigureAwait(false);
        }
        catch (MemcachedServerException)
        {
            var exists = OperationPool<StatusOperation>.Rent();
            exists.Begin(Verb.Exists, Handshake.UnstoredKey);
            var answer = exists.AsBoolean();
            _sender.SendTo(server, exists, cancellationToken);
            await answer.ConfigureAwait(false);
        }
    }
}
