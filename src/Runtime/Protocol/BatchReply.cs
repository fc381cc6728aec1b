using System.Runtime.InteropServices;

namespace TypedCache.Protocol;

/// <summary>
/// The values that a batch of reads returned. They come in the order of the keys, except from proxies, which collect them from several
/// servers. Those of a multi-get name their keys; of a batch that may win leases, each key is answered by itself.
/// </summary>
internal sealed class BatchReply : Reply
{
    private readonly List<Hit> _hits = [];

    // A server that sends a value again and again must not fill the memory.
    private readonly List<bool> _taken = [];
    private int _nextKey;
    private LeaseMarks _won;
    private bool _isDropped;

    /// <summary>Whether the values may come in another order than their keys.</summary>
    public bool IsMixed { get; set; }

    /// <summary>The values that came.</summary>
    public List<Hit> Hits => _hits;

    /// <summary>Whether the value of a key came.</summary>
    public bool IsTaken(int position) => position < _taken.Count && _taken[position];

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

        var position = key.IsEmpty ? Answered : Find(request.Keys!, key);
        Take(request.Keys!, position);
        _hits.Add(new Hit(position, flags, Payload.Length, length, Cas, Marks, SaysTimeLeft ? TimeLeft : null));
        var target = Payload.GetMemory(length)[..length];
        Payload.Advance(length);
        return target;
    }

    /// <summary>The CAS number of the last value.</summary>
    public void TakeCas(ulong cas) => _hits[^1] = _hits[^1] with { Cas = cas };

    /// <summary>One key has been answered, of a batch in which each is.</summary>
    /// <returns>Whether it was the last one.</returns>
    public bool EndKey(Request request)
    {
        Answered++;
        _won |= Marks & LeaseMarks.Won;
        (Flags, Cas, Marks) = (0, 0, LeaseMarks.None);
        (TimeLeft, SaysTimeLeft) = (Forever, false);
        if (Answered < request.Keys!.Count)
        {
            return false;
        }

        Code = ReplyCode.Ok;
        Marks = _won;
        return true;
    }

    // Leases that have been won are still given back.
    public override void Drop()
    {
        _isDropped = true;
    }

    public override void Clear()
    {
        _won = LeaseMarks.None;
        _isDropped = false;
        _hits.Clear();
        _taken.Clear();
        _nextKey = 0;
        IsMixed = false;
        base.Clear();
    }

    private void Take(KeyList keys, int position)
    {
        while (_taken.Count < keys.Count)
        {
            _taken.Add(false);
        }

        _taken[position] = true;
        _nextKey = position + 1;
    }

    // From the last one found onwards, and then, where values are mixed, from the start.
    private int Find(KeyList keys, ReadOnlySpan<byte> key)
    {
        var count = IsMixed ? keys.Count : keys.Count - _nextKey;
        for (var i = 0; i < count; i++)
        {
            var position = (_nextKey + i) % keys.Count;
            if (!IsTaken(position) && keys[position].SequenceEqual(key))
            {
                return position;
            }
        }

        throw new FormatException("its key was not asked for, or has come already");
    }

    /// <summary>A value that came.</summary>
    /// <param name="Position">The position of its key in the batch.</param>
    /// <param name="Flags">Its flags.</param>
    /// <param name="Start">Where its bytes begin.</param>
    /// <param name="Length">How many they are.</param>
    /// <param name="Cas">Its CAS number; 0 where none was asked for.</param>
    /// <param name="Marks">What the server says of leases on it.</param>
    /// <param name="TimeLeft">How much time it has left, as <see cref="Reply.TimeLeft"/>; null: the server does not say.</param>
    [StructLayout(LayoutKind.Auto)]
    internal readonly record struct Hit(int Position, uint Flags, int Start, int Length, ulong Cas, LeaseMarks Marks, long? TimeLeft)
    {
        /// <summary>Whether it is the placeholder of a value that is being created (see <see cref="Reply.IsPlaceholder"/>).</summary>
        public bool IsPlaceholder => IsPlaceholderOf(Marks, Flags, Length);
    }
}
