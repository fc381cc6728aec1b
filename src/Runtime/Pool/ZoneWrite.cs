using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using TypedCache.Pool.Operations;
using TypedCache.Protocol;
using TypedCache.Transport;

namespace TypedCache.Pool;

/// <summary>
/// What follows a write in the other zones, once the first zone has answered. The home zone comes first: whoever copies a value from there
/// has taken a placeholder in another zone before, which what follows removes.
/// </summary>
/// <param name="sender">Sends what follows.</param>
/// <param name="first">The server of the first zone, which decides on the answer.</param>
/// <param name="router">Finds the servers of the key in the other zones.</param>
/// <param name="write">What is written. It may be in use for something else as soon as it has been sent.</param>
/// <param name="missed">Takes note of what a server does not get.</param>
internal sealed class ZoneWrite(OperationSender sender, MemcachedServer first, OperationRouter router, Request write, MissedWrite missed)
{
    private readonly List<MemcachedServer> _others = router.FindOtherZones(write.Key, first);
    private readonly Verb _verb = write.Verb;
    private readonly byte[] _key = write.Key.ToArray();
    private readonly byte[] _payload = write.Payload.WrittenSpan.ToArray();
    private readonly uint _flags = write.Flags;
    private readonly long _expiry = write.Expiry;

    // The same in every zone, whatever is there.
    private bool IsUnconditional => _verb is Verb.Set or Verb.Delete or Verb.Invalidate;

    /// <summary>Waits for the first zone, and then for the others.</summary>
    /// <param name="own">What the first zone answers.</param>
    /// <exception cref="MemcachedException">No zone has taken it, or it is not known whether one has that can be reached.</exception>
    [AsyncMethodBuilder(typeof(CallMethodBuilder<>))]
    public async ValueTask<T> FinishAsync<T>(ValueTask<T> own)
    {
        T result = default!;
        Exception? failure = null;
        try
        {
            result = await own.ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is MemcachedException or OperationCanceledException)
        {
            failure = exception;
        }

        if (failure is OperationCanceledException)
        {
            // The caller does not wait for the other zones either.
            _ = FollowAsync(IsUnconditional ? _verb : AfterFailure(failure)).AsTask();
            ExceptionDispatchInfo.Throw(failure);
        }

        if (IsUnconditional)
        {
            return await SpreadAsync(result, failure).ConfigureAwait(false);
        }

        await FollowAsync(failure is null ? FollowUpOf(Succeeded(result)) : AfterFailure(failure)).ConfigureAwait(false);
        if (failure is not null)
        {
            ExceptionDispatchInfo.Throw(failure);
        }

        return result;
    }

    private static bool Succeeded<T>(T result) => result switch
    {
        bool isDone => isDone,
        CasResult outcome => outcome == CasResult.Stored,
        _ => result is not null,
    };

    private static bool IsCutOff(Exception failure) => failure is MemcachedConnectionException;

    // Where the first zone has been cut off, the others answer.
    [AsyncMethodBuilder(typeof(CallMethodBuilder<>))]
    private async ValueTask<T> SpreadAsync<T>(T result, Exception? failure)
    {
        if (failure is not null)
        {
            Note(first);
        }

        // A server that refuses a value removes the one before.
        var verb = failure is MemcachedServerException ? Verb.Delete : _verb;
        var taken = failure is null ? 1 : 0;
        var isThere = failure is null && Succeeded(result);
        foreach (var reply in Send(verb))
        {
            try
            {
                isThere |= await reply.ConfigureAwait(false) == CasResult.Stored;
                taken++;
            }
            catch (MemcachedException exception)
            {
                failure = failure is null || IsCutOff(failure) ? exception : failure;
            }
        }

        if (failure is not null && (taken == 0 || !IsCutOff(failure)))
        {
            ExceptionDispatchInfo.Throw(failure);
        }

        return typeof(T) == typeof(bool) ? (T)(object)isThere : (T)(object)(isThere ? CasResult.Stored : CasResult.NotFound);
    }

    private Verb? FollowUpOf(bool succeeded) => !succeeded ? null : _verb switch
    {
        Verb.Add or Verb.Replace => Verb.Set,
        Verb.Touch => Verb.Touch,
        _ => Verb.Delete,
    };

    // It may have been done all the same, unless the server has said that it was not.
    private Verb? AfterFailure(Exception failure) => failure is MemcachedServerException || _verb == Verb.Touch ? null : Verb.Delete;

    [AsyncMethodBuilder(typeof(CallMethodBuilder))]
    private async ValueTask FollowAsync(Verb? verb)
    {
        foreach (var reply in verb is { } next ? Send(next) : [])
        {
            try
            {
                await reply.ConfigureAwait(false);
            }
            catch (MemcachedException)
            {
                // The first zone has decided; what this one has missed is noted.
            }
        }
    }

    private ValueTask<CasResult>[] Send(Verb verb)
    {
        var replies = new ValueTask<CasResult>[_others.Count];
        var sends = SendBatch.Begin();
        try
        {
            for (var i = 0; i < replies.Length; i++)
            {
                replies[i] = SendAsync(_others[i], verb);
            }
        }
        finally
        {
            sends.End();
        }

        return replies;
    }

    [AsyncMethodBuilder(typeof(CallMethodBuilder<>))]
    private async ValueTask<CasResult> SendAsync(MemcachedServer server, Verb verb)
    {
        if (!server.Link.IsUsable)
        {
            Note(server);
            throw router.NoServer(_key, server.LastFailure);
        }

        var operation = OperationPool<StatusOperation>.Rent();
        operation.Begin(verb, _key);
        operation.Request.Payload.Write(verb == Verb.Set ? _payload : []);
        operation.Request.Flags = _flags;
        operation.Request.Expiry = verb == Verb.Delete ? 0 : _expiry;
        var reply = operation.AsCasResult();
        sender.SendTo(server, operation, CancellationToken.None);
        try
        {
            return await reply.ConfigureAwait(false);
        }
        catch (MemcachedException) when (verb != Verb.Touch)
        {
            Note(server);
            throw;
        }
    }

    // What the home zone misses may be copied from there to the others until it is made up for: these get it once more then.
    private void Note(MemcachedServer server) =>
        missed(server, _key, _verb == Verb.Invalidate ? Verb.Invalidate : Verb.Delete, _expiry, server == first ? _others : []);
}

/// <summary>Takes note of what a server has missed, to be made up for when it is back.</summary>
/// <param name="server">The server.</param>
/// <param name="key">The key as it goes over the wire.</param>
/// <param name="verb">What is to be done: <see cref="Verb.Delete"/> or <see cref="Verb.Invalidate"/>.</param>
/// <param name="expiry">The expiry of an invalidated value, as it goes on the wire.</param>
/// <param name="then">Where the same has to be done afterwards.</param>
internal delegate void MissedWrite(MemcachedServer server, byte[] key, Verb verb, long expiry, List<MemcachedServer> then);
