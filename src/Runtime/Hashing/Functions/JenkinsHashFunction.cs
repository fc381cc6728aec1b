using System.Buffers.Binary;
using System.Numerics;

namespace TypedCache.Hashing;

/// <summary>Bob Jenkins' lookup3, begun with 13 (twemproxy, nc_jenkins.c).</summary>
internal sealed class JenkinsHashFunction : IHashFunction
{
    private const int BlockSize = 12;
    private const uint Seed = 0xDEADBEEF + 13;

    public uint Hash(ReadOnlySpan<byte> bytes)
    {
        var a = Seed + (uint)bytes.Length;
        var (b, c) = (a, a);
        if (bytes.IsEmpty)
        {
            return c;
        }

        for (; bytes.Length > BlockSize; bytes = bytes[BlockSize..])
        {
            Add(bytes, ref a, ref b, ref c);
            Mix(ref a, ref b, ref c);
        }

        // What is missing of the last block counts as zeros.
        Span<byte> last = stackalloc byte[BlockSize];
        last.Clear();
        bytes.CopyTo(last);
        Add(last, ref a, ref b, ref c);
        return Finish(a, b, c);
    }

    private static void Add(ReadOnlySpan<byte> block, ref uint a, ref uint b, ref uint c)
    {
        a += BinaryPrimitives.ReadUInt32LittleEndian(block);
        b += BinaryPrimitives.ReadUInt32LittleEndian(block[4..]);
        c += BinaryPrimitives.ReadUInt32LittleEndian(block[8..]);
    }

    private static void Mix(ref uint a, ref uint b, ref uint c)
    {
        (a, c) = Step(a, c, b, 4);
        (b, a) = Step(b, a, c, 6);
        (c, b) = Step(c, b, a, 8);
        (a, c) = Step(a, c, b, 16);
        (b, a) = Step(b, a, c, 19);
        (c, b) = Step(c, b, a, 4);
    }

    private static (uint Mixed, uint Other) Step(uint mixed, uint other, uint third, int rotation) =>
        ((mixed - other) ^ BitOperations.RotateLeft(other, rotation), other + third);

    private static uint Finish(uint a, uint b, uint c)
    {
        c = (c ^ b) - BitOperations.RotateLeft(b, 14);
        a = (a ^ c) - BitOperations.RotateLeft(c, 11);
        b = (b ^ a) - BitOperations.RotateLeft(a, 25);
        c = (c ^ b) - BitOperations.RotateLeft(b, 16);
        a = (a ^ c) - BitOperations.RotateLeft(c, 4);
        b = (b ^ a) - BitOperations.RotateLeft(a, 14);
        return (c ^ b) - BitOperations.RotateLeft(b, 24);
    }
}
