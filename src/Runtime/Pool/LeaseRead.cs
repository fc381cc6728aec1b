using System.Runtime.InteropServices;
using TypedCache.Protocol;

namespace TypedCache.Pool;

/// <summary>The result of a read that may win a lease.</summary>
/// <typeparam name="T">The type of the value.</typeparam>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct LeaseRead<T>
{
    /// <summary>The read could not be answered by any server.</summary>
    public static readonly LeaseRead<T> Unreachable = new() { Lease = Lease.Unreachable };

    /// <summary>The state of the item.</summary>
    public required Lease Lease { get; init; }

    public LeaseMarks Marks { get; init; }

    /// <summary>Whether there is a value, fresh or stale.</summary>
    public bool HasValue { get; init; }

    public T? Value { get; init; }

    /// <summary>Whether there are bytes that are not a value of the type.</summary>
    public bool IsUndecodable { get; init; }

    /// <summary>The bytes of the value that the caller has to replace, if they were asked for.</summary>
    public StoredBytes? Bytes { get; init; }

    /// <summary>How much time the value has left, if it was asked for: as <see cref="Reply.TimeLeft"/>. Null: the server does not say.</summary>
    public long? TimeLeft { get; init; }

    public bool HasWon => (Marks & LeaseMarks.Won) != 0;

    public bool IsTaken => (Marks & LeaseMarks.Taken) != 0;

    /// <summary>Whether the value may be returned to a caller.</summary>
    /// <param name="staleToo">Whether the caller accepts invalidated values.</param>
    public bool IsUsable(bool staleToo) => HasValue && (staleToo || (Marks & LeaseMarks.Invalidated) == 0);
}
