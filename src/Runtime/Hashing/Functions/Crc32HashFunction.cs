using System.Buffers.Binary;

namespace TypedCache.Hashing;

/// <summary>
/// CRC-32 with the reflected polynomial 0xEDB88320, as zlib computes it (pecl-memcache, memcache_pool.c,
/// <c>mmc_hash_crc32_combine</c>).
/// </summary>
public sealed class Crc32HashFunction : IContinuedHashFunction
{
    private const uint Polynomial = 0xEDB88320;
    private const int TableSize = 256;

    // Table k has the effect of a byte that k more bytes follow, so that eight bytes are taken in one step.
    private static readonly uint[] Tables = CreateTables();

    /// <inheritdoc/>
    public uint Hash(ReadOnlySpan<byte> bytes) => ~Update(uint.MaxValue, bytes);

    uint IContinuedHashFunction.Continue(uint hash, ReadOnlySpan<byte> bytes) => ~Update(~hash, bytes);

    private static uint Update(uint crc, ReadOnlySpan<byte> bytes)
    {
        var tables = Tables;
        while (bytes.Length >= sizeof(ulong))
        {
            var low = BinaryPrimitives.ReadUInt32LittleEndian(bytes) ^ crc;
            var high = BinaryPrimitives.ReadUInt32LittleEndian(bytes[sizeof(uint)..]);
            crc = tables[(7 * TableSize) + (byte)low]
                ^ tables[(6 * TableSize) + (byte)(low >> 8)]
                ^ tables[(5 * TableSize) + (byte)(low >> 16)]
                ^ tables[(4 * TableSize) + (byte)(low >> 24)]
                ^ tables[(3 * TableSize) + (byte)high]
                ^ tables[(2 * TableSize) + (byte)(high >> 8)]
                ^ tables[TableSize + (byte)(high >> 16)]
                ^ tables[(byte)(high >> 24)];
            bytes = bytes[sizeof(ulong)..];
        }

        foreach (var value in bytes)
        {
            crc = tables[(byte)crc ^ value] ^ (crc >> 8);
        }

        return crc;
    }

    private static uint[] CreateTables()
    {
        var tables = new uint[8 * TableSize];
        for (var value = 0u; value < TableSize; value++)
        {
            var crc = value;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc >> 1) ^ ((crc & 1) * Polynomial);
            }

            tables[value] = crc;
        }

        for (var i = TableSize; i < tables.Length; i++)
        {
            var crc = tables[i - TableSize];
            tables[i] = tables[(byte)crc] ^ (crc >> 8);
        }

        return tables;
    }
}
