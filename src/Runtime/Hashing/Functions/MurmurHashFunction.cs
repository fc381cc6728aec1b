using System.Buffers.Binary;

namespace TypedCache.Hashing;

/// <summary>MurmurHash2 seeded with the length (libhashkit, murmur.cc).</summary>
internal sealed class MurmurHashFunction : IHashFunction
{
    private const uint Multiplier = 0x5BD1E995;
    private const uint Seed = 0xDEADBEEF;

    public uint Hash(ReadOnlySpan<byte> bytes)
    {
        var length = (uint)bytes.Length;
        var hash = (Seed * length) ^ length;
        for (; bytes.Length >= sizeof(uint); bytes = bytes[sizeof(uint)..])
        {
            var word = BinaryPrimitives.ReadUInt32LittleEndian(bytes) * Multiplier;
            hash = (hash * Multiplier) ^ ((word ^ (word >> 24)) * Multiplier);
        }

        if (!bytes.IsEmpty)
        {
            for (var i = 0; i < bytes.Length; i++)
            {
                hash ^= (uint)bytes[i] << (8 * i);
            }

            hash *= Multiplier;
        }

        hash = (hash ^ (hash >> 13)) * Multiplier;
        return hash ^ (hash >> 15);
    }
}
