using System.Runtime.InteropServices;
using System.Text;

namespace TypedCache.Protocol;

/// <summary>
/// The values that a multi-get returned. Each names its key. They come in the order of the keys, except from proxies, which collect
/// them from several servers.
/// </summary>
internal sealed class BatchReply : Reply
{
    private readonly List<Hit> _hits = [];

    // A server that sends a value again and again must not fill the memory.
    private readonly List<bool> _taken = [];
    private int _nextKey;
    private bool _isDropped;

    /// <summary>Whether the values may come in another order than their keys.</summary>
    public bool IsMixed { get; set; }

    /// <summary>The values that came.</summary>
    public IReadOnlyList<Hit> Hits => _hits;

    public ReadOnlyMemory<byte> PayloadOf(Hit hit) => Payload.Written.Slice(hit.Start, hit.Length);

    public override Memory<byte> ReceiveValue(Request request, ReadOnlySpan<byte> key, uint flags, int length)
    {
        if (_isDropped)
        {
            // Each value in the place of the one before.
            Payload.Clear();
        }

        if (Payload.Length > Array.MaxLength - length)
        {
            throw new FormatException("the values of one batch are together larger than an array can be");
        }

        var position = Find(request.Keys!, key);
        _nextKey = position + 1;
        _taken[position] = true;
        _hits.Add(new Hit(position, flags, Payload.Length, length));
        var target = Payload.GetMemory(length)[..length];
        Payload.Advance(length);
        return target;
    }

    public override void Drop()
    {
        _isDropped = true;
        _hits.Clear();
    }

    public override void Clear()
    {
        _isDropped = false;
        _hits.Clear();
        _taken.Clear();
        _nextKey = 0;
        IsMixed = false;
        base.Clear();
    }

    // From the last one found onwards, and then, where values are mixed, from the start.
    private int Find(KeyList keys, ReadOnlySpan<byte> key)
    {
        while (_taken.Count < keys.Count)
        {
            _taken.Add(false);
        }

        var count = IsMixed ? keys.Count : keys.Count - _nextKey;
        for (var i = 0; i < count; i++)
        {
            var position = (_nextKey + i) % keys.Count;
            if (!_taken[position] && keys[position].SequenceEqual(key))
            {
                return position;
            }
        }

        throw new FormatException($"the key '{Encoding.UTF8.GetString(key)}' was not asked for, or has come already");
    }

    /// <summary>A value that came.</summary>
    /// <param name="Position">The position of its key in the batch.</param>
    /// <param name="Flags">Its flags.</param>
    /// <param name="Start">Where its bytes begin.</param>
    /// <param name="Length">How many they are.</param>
    [StructLayout(LayoutKind.Auto)]
    internal readonly record struct Hit(int Position, uint Flags, int Start, int Length);
}
