using System.Runtime.InteropServices;
using TypedCache.Pool;

namespace TypedCache.Creation;

/// <summary>What the home zone of a key has said before its value is created for another zone. The default: it was not asked.</summary>
/// <typeparam name="T">The type of the value.</typeparam>
/// <param name="Read">What was read there. Its lease fences what is stored there.</param>
/// <param name="HasCopy">Whether there is a value that the caller can have.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct HomeRead<T>(LeaseRead<T> Read, bool HasCopy)
{
    /// <summary>Whether the copy may be stored in the other zone: it is fresh, and its end is known.</summary>
    public bool IsStorable => HasCopy && Read is { Marks: Protocol.LeaseMarks.None, TimeLeft: not null };

    /// <summary>Whether what is created is stored in the home zone too.</summary>
    public bool IsFilled => !HasCopy && Read.Lease.IsReal;
}
