using System.Runtime.InteropServices;

namespace TypedCache.Caching;

/// <summary>
/// A value of a type that its holder may change, on its way to callers: one that a caller has read belongs to it, and of one that several
/// have waited for each gets a copy.
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal readonly struct HybridValue<T>
{
    private HybridValue(T? value, ReadOnlyMemory<byte>? serialized, bool isStorable)
    {
        Value = value;
        Serialized = serialized;
        IsStorable = isStorable;
    }

    /// <summary>The value; nothing where it is copied from <see cref="Serialized"/>.</summary>
    public T? Value { get; }

    /// <summary>What copies are made of; null: there is no need of copies, or no way.</summary>
    public ReadOnlyMemory<byte>? Serialized { get; }

    /// <summary>Whether the value may be stored.</summary>
    public bool IsStorable { get; }

    /// <summary>A value that nobody else has.</summary>
    public static HybridValue<T> Own(T? value) => new(value, null, isStorable: true);

    /// <summary>A value of which each caller gets a copy.</summary>
    public static HybridValue<T> Copied(ReadOnlyMemory<byte> serialized) => new(default, serialized, isStorable: true);

    /// <summary>A value that is too large. Its callers share it.</summary>
    public static HybridValue<T> TooLarge(T value) => new(value, null, isStorable: false);
}
