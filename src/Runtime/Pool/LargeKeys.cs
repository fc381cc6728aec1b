namespace TypedCache.Pool;

/// <summary>
/// Remembers the keys whose values on a server were large when they were last seen. Keys are told apart by a hash: if two have the
/// same, one of them may travel on the wrong connection, which costs time and nothing else.
/// </summary>
internal sealed class LargeKeys
{
    /// <summary>A value of at least this many bytes noticeably delays the small ones behind it.</summary>
    public const int Threshold = 64 * 1024;

    private const int Bits = 32 * 1024;

    private int[]? _marks;

    /// <summary>Whether the value of a key was large.</summary>
    public bool Contains(ReadOnlySpan<byte> key) =>
        Volatile.Read(ref _marks) is { } marks && Position(key) is var position && (Volatile.Read(ref marks[position / 32]) & (1 << position)) != 0;

    /// <summary>Remembers how long the value of a key is, in bytes.</summary>
    public void Note(ReadOnlySpan<byte> key, int length)
    {
        var marks = Volatile.Read(ref _marks);
        if (length >= Threshold)
        {
            var position = Position(key);
            marks ??= Interlocked.CompareExchange(ref _marks, marks = new int[Bits / 32], null) ?? marks;
            Interlocked.Or(ref marks[position / 32], 1 << position);
        }
        else if (marks is not null && Contains(key))
        {
            var position = Position(key);
            Interlocked.And(ref marks[position / 32], ~(1 << position));
        }
    }

    /// <summary>The place of a key: the same for the same key within a process.</summary>
    public static int Position(ReadOnlySpan<byte> key)
    {
        var hash = default(HashCode);
        hash.AddBytes(key);
        return hash.ToHashCode() & (Bits - 1);
    }
}
