using System.Runtime.InteropServices;

namespace TypedCache.Values;

/// <summary>What a server says of an item besides its bytes.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct ItemInfo
{
    internal ItemInfo(uint flags, int length, TimeSpan? timeLeft)
    {
        Flags = flags;
        Length = length;
        TimeLeft = timeLeft;
    }

    /// <summary>The client flags as stored.</summary>
    public uint Flags { get; }

    /// <summary>How many bytes are stored.</summary>
    public int Length { get; }

    /// <summary>
    /// For how long the item lives on, in whole seconds; <see cref="Timeout.InfiniteTimeSpan"/> if it does not expire. Null where the server
    /// does not say, as in the classic protocol.
    /// </summary>
    public TimeSpan? TimeLeft { get; }
}
