using System.Runtime.CompilerServices;
using TypedCache.Keys;

namespace TypedCache;

/// <summary>The keys of the tags of one value. It is made on the stack, for one call.</summary>
/// <remarks>
/// Tags are items of the pool, each with a version under its key. Generated clients write the keys:
/// <c>var key = tags.Begin(policy)</c>, then the parts in order, then <c>tags.Add(key.Finish())</c>.
/// </remarks>
public ref struct TagKeys
{
    /// <summary>The most tags that a list can have. A call takes at most 8; those that come from a value itself can be more.</summary>
    public const int MaxCount = 32;

    /// <summary>How many bytes the buffer needs for each tag.</summary>
    public const int SizePerTag = CacheKeyWriter.StackSize;

    private readonly Span<byte> _buffer;
    private readonly int _maxKeyLength;
    private Ends _ends;

    /// <summary>Makes an empty list.</summary>
    /// <param name="buffer">Room for the keys: <see cref="SizePerTag"/> bytes for each tag.</param>
    /// <param name="maxKeyLength">How many bytes the pool's prefix leaves for a key (<see cref="MemcachedPool.MaxKeyLength"/>).</param>
    public TagKeys(Span<byte> buffer, int maxKeyLength)
    {
        _buffer = buffer;
        _maxKeyLength = maxKeyLength;
    }

    /// <summary>How many there are.</summary>
    public int Count { readonly get; private set; }

    /// <summary>One of the keys.</summary>
    /// <param name="index">Which one.</param>
    internal readonly ReadOnlySpan<byte> this[int index] => _buffer[StartOf(index).._ends[index]];

    /// <summary>Begins the next key. Pass what <see cref="CacheKeyWriter.Finish"/> returns to <see cref="Add"/>.</summary>
    /// <param name="policy">What happens to arguments that memcached would not accept in a key.</param>
    /// <param name="shownAs"><see cref="CacheKeyWriter.ShownAs"/>.</param>
    /// <exception cref="ArgumentException">The list is full, or its buffer is too short.</exception>
    public readonly CacheKeyWriter Begin(KeyPolicy policy, string? shownAs = null)
    {
        var start = StartOf(Count);
        ThrowIfFull(start, CacheKeyWriter.MaxLength);
        return new CacheKeyWriter(_buffer[start..], policy, _maxKeyLength) { ShownAs = shownAs };
    }

    /// <summary>Adds a tag.</summary>
    /// <param name="key">The key of the tag, as <see cref="CacheKeyWriter.Finish"/> returns it; it is copied.</param>
    /// <exception cref="ArgumentException">The list is full, or its buffer is too short.</exception>
    /// <exception cref="CacheKeyException">The key is not valid.</exception>
    public void Add(scoped ReadOnlySpan<byte> key)
    {
        CacheKeyWriter.Validate(key);
        var start = StartOf(Count);
        ThrowIfFull(start, key.Length);
        key.CopyTo(_buffer[start..]);
        _ends[Count++] = start + key.Length;
    }

    private readonly int StartOf(int index) => index == 0 ? 0 : _ends[index - 1];

    private readonly void ThrowIfFull(int start, int length)
    {
        if (Count == MaxCount || length > _buffer.Length - start)
        {
            throw new ArgumentException($"There can be {MaxCount} tags, and the buffer needs {SizePerTag} bytes for each of them.");
        }
    }

    [InlineArray(MaxCount)]
    private struct Ends
    {
        private int _first;
    }
}
