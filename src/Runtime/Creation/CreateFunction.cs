using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TypedCache.Transport;

namespace TypedCache.Creation;

/// <summary>A create function in one of the two forms that callers write.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly struct CreateFunction<TState, T>
{
    private readonly Func<TState, CancellationToken, ValueTask<T>>? _value;
    private readonly Func<TState, CancellationToken, ValueTask<CacheItem<T>>>? _item;

    public CreateFunction(Func<TState, CancellationToken, ValueTask<T>> create) => _value = create;

    public CreateFunction(Func<TState, CancellationToken, ValueTask<CacheItem<T>>> create) => _item = create;

    /// <summary>Calls the function.</summary>
    [AsyncMethodBuilder(typeof(CallMethodBuilder<>))]
    public async ValueTask<CacheItem<T>> InvokeAsync(TState state, CancellationToken cancellationToken) => _value is { } create
        ? new CacheItem<T>(await create(state, cancellationToken).ConfigureAwait(false))
        : await _item!(state, cancellationToken).ConfigureAwait(false);
}
