using System.Buffers.Binary;
using System.Numerics;

namespace TypedCache.Hashing;

/// <summary>MurmurHash3 in 32 bits with the seed 0, in steps.</summary>
internal static class Murmur3
{
    /// <summary>How many bytes are taken at once.</summary>
    public const int BlockSize = sizeof(uint);

    /// <summary>Takes whole blocks.</summary>
    /// <param name="hash">What the blocks in front of them gave; 0 if there is none.</param>
    /// <param name="bytes">The bytes. What is no whole block is left.</param>
    public static uint AddBlocks(uint hash, ReadOnlySpan<byte> bytes)
    {
        for (; bytes.Length >= BlockSize; bytes = bytes[BlockSize..])
        {
            hash = BitOperations.RotateLeft(hash ^ Mix(BinaryPrimitives.ReadUInt32LittleEndian(bytes)), 13);
            hash = (hash * 5) + 0xE6546B64;
        }

        return hash;
    }

    /// <summary>Ends the hash.</summary>
    /// <param name="hash">What the whole blocks gave.</param>
    /// <param name="rest">What follows them: less than one.</param>
    /// <param name="length">How many bytes there were in all.</param>
    public static uint Finish(uint hash, ReadOnlySpan<byte> rest, int length)
    {
        var last = 0u;
        for (var i = 0; i < rest.Length; i++)
        {
            last |= (uint)rest[i] << (8 * i);
        }

        hash = rest.IsEmpty ? hash : hash ^ Mix(last);
        hash ^= (uint)length;
        hash = (hash ^ (hash >> 16)) * 0x85EBCA6B;
        hash = (hash ^ (hash >> 13)) * 0xC2B2AE35;
        return hash ^ (hash >> 16);
    }

    private static uint Mix(uint block) => BitOperations.RotateLeft(block * 0xCC9E2D51, 15) * 0x1B873593;
}
