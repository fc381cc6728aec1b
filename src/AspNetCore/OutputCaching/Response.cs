using System.Buffers;
using System.Runtime.InteropServices;

namespace TypedCache.AspNetCore;

/// <summary>A response on its way to the servers, or from them.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Response
{
    /// <summary>The tags of one that is stored.</summary>
    public string[]? Tags { get; init; }

    /// <summary>The value of one that is stored.</summary>
    public ReadOnlySequence<byte> Value { get; init; }

    /// <summary>Whether one was read that is the response to the key.</summary>
    public bool IsFound { get; init; }

    /// <summary>The value of one that was read, where it was asked for as an array.</summary>
    public byte[]? Bytes { get; init; }

    /// <summary>How long the value of one that was read is.</summary>
    public int Length { get; init; }
}
