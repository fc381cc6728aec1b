using System.Runtime.ExceptionServices;
using TypedCache.Keys;

namespace TypedCache.Pool;

/// <summary>What has gone wrong with the keys of a batch. It is thrown as the first failure, which says how many keys there were and names some.</summary>
/// <param name="template">What is shown of keys that are secrets.</param>
internal sealed class BatchFailure(KeyTemplate? template)
{
    private const int MostShown = 3;

    private readonly List<string> _shown = new(MostShown);
    private Exception? _first;
    private int _count;

    /// <summary>One more key has failed.</summary>
    public void Add(ReadOnlySpan<byte> key, Exception failure)
    {
        _first ??= failure;
        _count++;
        if (_shown.Count < (template is { HidesKeys: true } ? 1 : MostShown))
        {
            _shown.Add(ShownText.Of(KeyTemplate.Show(template, key)));
        }
    }

    /// <summary>Something has failed that concerns no single key.</summary>
    public void Add(Exception failure) => _first ??= failure;

    /// <summary>What is thrown; null if nothing has failed. What is not about servers is thrown as it is, as is what concerns the only key.</summary>
    /// <param name="keys">How many keys the batch has.</param>
    public Exception? ToException(int keys) => keys > 1 && _count > 0 && _first is MemcachedException first ? Describe(first, keys) : _first;

    /// <summary>Throws, if anything has failed.</summary>
    /// <param name="keys">How many keys the batch has.</param>
    public void ThrowIfAny(int keys)
    {
        if (ToException(keys) is { } exception)
        {
            ExceptionDispatchInfo.Throw(exception);
        }
    }

    // Callers tell failures by their types.
    private MemcachedException Describe(MemcachedException first, int keys)
    {
        var text = $"{_count} of {keys} keys failed: {string.Join(", ", _shown)}{(_count > _shown.Count ? ", ..." : "")}. The first failure: {first.Message}";
        return first switch
        {
            MemcachedTimeoutException => new MemcachedTimeoutException(text, first) { Server = first.Server },
            MemcachedProtocolException => new MemcachedProtocolException(text, first) { Server = first.Server },
            MemcachedConnectionException => new MemcachedConnectionException(text, first) { Server = first.Server },
            MemcachedServerException => new MemcachedServerException(text, first) { Server = first.Server },
            _ => first,
        };
    }
}
