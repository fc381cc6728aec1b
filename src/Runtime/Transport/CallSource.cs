using System.Threading.Tasks.Sources;

namespace TypedCache.Transport;

/// <summary>A call that has had to wait, behind its <see cref="ValueTask"/>. Whoever awaits it goes on where it ends, before that returns.</summary>
/// <typeparam name="T">The type of the result.</typeparam>
internal class CallSource<T> : IValueTaskSource<T>, IValueTaskSource
{
    private Completion<T> _completion;

    public short Version => _completion.Version;

    public void SetResult(T result) => _completion.SetResult(result, isInline: true);

    public void SetException(Exception exception) => _completion.SetException(exception, isInline: true);

    // Whoever asks before the end blocks until then.
    public T GetResult(short token)
    {
        _completion.WaitForEnd(token);
        return _completion.GetResult(token);
    }

    void IValueTaskSource.GetResult(short token) => GetResult(token);

    public ValueTaskSourceStatus GetStatus(short token) => _completion.GetStatus(token);

    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _completion.OnCompleted(continuation, state, token, flags);
}
