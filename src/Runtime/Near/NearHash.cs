using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace TypedCache.Near;

/// <summary>
/// A hash of keys by multiplications of 64 by 64 bits whose halves are folded together. The secrets differ in each process, so nobody
/// outside can choose keys that share a hash.
/// </summary>
internal static class NearHash
{
    private static readonly ulong SecretA = Secret();
    private static readonly ulong SecretB = Secret();

    public static int Of(ReadOnlySpan<byte> key)
    {
        ref var start = ref MemoryMarshal.GetReference(key);
        var length = (nuint)(uint)key.Length;
        var state = SecretA ^ length;
        if (length < 8)
        {
            return End(Short(key), 0, state);
        }

        // What does not fill 16 bytes is read together with what stands before it.
        nuint at = 0;
        for (; length - at > 16; at += 16)
        {
            state = Fold(Read(ref start, at) ^ SecretB, Read(ref start, at + 8) ^ state);
        }

        return End(Read(ref start, length > 16 ? length - 16 : 0), Read(ref start, length - 8), state);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int End(ulong low, ulong high, ulong state)
    {
        state = Fold(low ^ SecretB, high ^ state);
        return (int)(Fold(state, SecretA) >> 32 ^ state);
    }

    // The length, which is part of the state, tells apart what overlapping reads do not.
    private static ulong Short(ReadOnlySpan<byte> key)
    {
        if (key.Length >= 4)
        {
            return (ulong)BinaryPrimitives.ReadUInt32LittleEndian(key) << 32 | BinaryPrimitives.ReadUInt32LittleEndian(key[^4..]);
        }

        return key.IsEmpty ? 0 : (ulong)key[0] << 16 | (ulong)key[key.Length / 2] << 8 | key[^1];
    }

    // In the order of the machine: no hash leaves it.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Read(ref byte start, nuint at) => Unsafe.ReadUnaligned<ulong>(ref Unsafe.AddByteOffset(ref start, at));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Fold(ulong a, ulong b)
    {
        var high = Math.BigMul(a, b, out var low);
        return high ^ low;
    }

    private static ulong Secret()
    {
        var secret = 0UL;
        RandomNumberGenerator.Fill(MemoryMarshal.AsBytes(new Span<ulong>(ref secret)));
        return secret;
    }
}
