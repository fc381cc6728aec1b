using System.Runtime.CompilerServices;
using TypedCache.Pool.Operations;
using TypedCache.Protocol;
using TypedCache.Transport;
using TypedCache.Values;

namespace TypedCache.Pool.Moves;

/// <summary>
/// Reads of keys whose values may still be on their former servers. One that finds nothing asks there, and has what it finds copied behind
/// its caller's back.
/// </summary>
internal sealed class MovedReads(OperationSender sender, KeyCopies copies, ValuePipeline pipeline)
{
    /// <summary>Where a key is looked for that is missing on its server; null: nowhere else.</summary>
    public static MemcachedServer? FindSource(OperationRouter router, ReadOnlySpan<byte> key) =>
        router.Moves is { Source: not null } moves ? moves.FindSource(router, key) : null;

    /// <summary>Reads a value, here or at the former server.</summary>
    /// <param name="operation">The read, which has not been sent.</param>
    /// <param name="router">Finds the server of its key.</param>
    /// <param name="codec">Reads the value's bytes.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public ValueTask<CacheValue<T>> Read<T>(ReadOperation<T> operation, OperationRouter router, ICacheCodec<T> codec, CancellationToken cancellationToken)
    {
        var source = FindSource(router, operation.Request.Key);
        var read = source is null ? null : new RepeatedRead<T>(operation, codec, pipeline);
        sender.Send(operation, router, cancellationToken);
        var first = operation.AsCacheValue();
        return source is null ? first : AskFormer(first, read!, router, source, cancellationToken);
    }

    /// <summary>Reads a value without its CAS number, here or at the former server.</summary>
    /// <inheritdoc cref="Read" path="/param"/>
    /// <returns>The value, or <c>default</c> for a miss.</returns>
    public ValueTask<T?> ReadValue<T>(ReadOperation<T> operation, OperationRouter router, ICacheCodec<T> codec, CancellationToken cancellationToken)
    {
        if (FindSource(router, operation.Request.Key) is not null)
        {
            return ValueOfAsync(Read(operation, router, codec, cancellationToken));
        }

        sender.Send(operation, router, cancellationToken);
        return operation.AsValue();
    }

    /// <summary>Tells whether there is a value, here or at the former server.</summary>
    /// <param name="operation">The question, which has not been sent.</param>
    /// <param name="router">Finds the server of its key.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public ValueTask<CasResult> Exists(StatusOperation operation, OperationRouter router, CancellationToken cancellationToken)
    {
        var source = FindSource(router, operation.Request.Key);
        var ask = source is null ? null : AskExists(operation.Request.Key.ToArray(), source, cancellationToken);
        sender.Send(operation, router, cancellationToken);
        var first = operation.AsCasResult();
        return ask is null ? first : ElseAsync(first, static result => result == CasResult.Stored, ask, router.Moves!);
    }

    /// <summary>Begins to copy a value that was found on its former server.</summary>
    public void Copy(ReadOnlySpan<byte> key, OperationRouter router, MemcachedServer source) => copies.Start(key.ToArray(), router, source);

    /// <summary>Asks the former server for what was not found.</summary>
    /// <param name="own">What was found.</param>
    /// <param name="isFound">Whether that is anything.</param>
    /// <param name="ask">Asks the former server.</param>
    /// <param name="moves">Counts the answer.</param>
    [AsyncMethodBuilder(typeof(CallMethodBuilder<>))]
    public static async ValueTask<TResult> ElseAsync<TResult>(ValueTask<TResult> own, Func<TResult, bool> isFound, Func<ValueTask<TResult>> ask, KeyMoves moves)
    {
        var result = await own.ConfigureAwait(false);
        if (isFound(result))
        {
            return result;
        }

        try
        {
            var former = await ask().ConfigureAwait(false);
            moves.Count(isFound(former));
            return isFound(former) ? former : result;
        }
        catch (MemcachedException)
        {
            // What cannot be reached has nothing.
            return result;
        }
    }

    [AsyncMethodBuilder(typeof(CallMethodBuilder<>))]
    private static async ValueTask<T?> ValueOfAsync<T>(ValueTask<CacheValue<T>> value) => (await value.ConfigureAwait(false)).Value;

    // Apart from where nothing moves, which must not pay for what this keeps.
    private ValueTask<CacheValue<T>> AskFormer<T>(
        ValueTask<CacheValue<T>> first, RepeatedRead<T> read, OperationRouter router, MemcachedServer source, CancellationToken cancellationToken) =>
        read.Touches
            ? ElseAsync(TouchAsync(first, read, router, source, cancellationToken), static value => value.Found, () => Ask(read, source, cancellationToken), router.Moves!)
            : ReadAsync(first, read, router, source, cancellationToken);

    [AsyncMethodBuilder(typeof(CallMethodBuilder<>))]
    private async ValueTask<CacheValue<T>> ReadAsync<T>(
        ValueTask<CacheValue<T>> first, RepeatedRead<T> read, OperationRouter router, MemcachedServer source, CancellationToken cancellationToken)
    {
        var isCopied = false;
        var value = await ElseAsync(
            first,
            static value => value.Found,
            () =>
            {
                isCopied = true;
                return Ask(read, source, cancellationToken);
            },
            router.Moves!).ConfigureAwait(false);
        if (isCopied && value.Found)
        {
            copies.Start(read.Key, router, source);
        }

        return value;
    }

    // The value gets its new expiry where it is then.
    [AsyncMethodBuilder(typeof(CallMethodBuilder<>))]
    private async ValueTask<CacheValue<T>> TouchAsync<T>(
        ValueTask<CacheValue<T>> first, RepeatedRead<T> read, OperationRouter router, MemcachedServer source, CancellationToken cancellationToken)
    {
        var value = await first.ConfigureAwait(false);
        if (value.Found)
        {
            return value;
        }

        try
        {
            await copies.CopyAsync(read.Key, router, source).ConfigureAwait(false);
            var operation = read.Rent();
            var again = operation.AsCacheValue();
            sender.Send(operation, router, cancellationToken);
            return await again.ConfigureAwait(false);
        }
        catch (MemcachedException)
        {
            return value;
        }
    }

    private ValueTask<CacheValue<T>> Ask<T>(RepeatedRead<T> read, MemcachedServer source, CancellationToken cancellationToken)
    {
        var operation = read.Rent();
        var answer = operation.AsCacheValue();
        sender.SendTo(source, operation, cancellationToken);
        return answer;
    }

    private Func<ValueTask<CasResult>> AskExists(byte[] key, MemcachedServer source, CancellationToken cancellationToken) => () =>
    {
        var operation = OperationPool<StatusOperation>.Rent();
        operation.Begin(Verb.Exists, key);
        var answer = operation.AsCasResult();
        sender.SendTo(source, operation, cancellationToken);
        return answer;
    };
}
