namespace TypedCache.Hashing;

/// <summary>
/// CRC-16 with the polynomial 0x1021, of which twemproxy keeps what is pushed out at the upper end, up to 32 bits (nc_crc16.c).
/// </summary>
internal sealed class Crc16HashFunction : IHashFunction
{
    private const uint Polynomial = 0x1021;

    private static readonly ushort[] Table = CreateTable();

    public uint Hash(ReadOnlySpan<byte> bytes)
    {
        var (table, crc) = (Table, 0u);
        foreach (var value in bytes)
        {
            crc = (crc << 8) ^ table[(byte)(crc >> 8) ^ value];
        }

        return crc;
    }

    private static ushort[] CreateTable()
    {
        var table = new ushort[256];
        for (var value = 0; value < table.Length; value++)
        {
            var crc = (uint)value << 8;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc << 1) ^ (((crc >> 15) & 1) * Polynomial);
            }

            table[value] = (ushort)crc;
        }

        return table;
    }
}
