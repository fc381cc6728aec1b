using System.Buffers.Binary;

namespace TypedCache.Hashing;

/// <summary>Paul Hsieh's SuperFastHash, begun with 0 (twemproxy, nc_hsieh.c).</summary>
/// <param name="signedChar">Whether the last of three bytes that are left over is extended as a negative number from 0x80 on.</param>
internal sealed class HsiehHashFunction(bool signedChar) : IHashFunction
{
    public uint Hash(ReadOnlySpan<byte> bytes)
    {
        var hash = 0u;
        for (; bytes.Length >= sizeof(uint); bytes = bytes[sizeof(uint)..])
        {
            hash += BinaryPrimitives.ReadUInt16LittleEndian(bytes);
            hash = (hash << 16) ^ ((uint)BinaryPrimitives.ReadUInt16LittleEndian(bytes[2..]) << 11) ^ hash;
            hash += hash >> 11;
        }

        return Finish(AddRest(hash, bytes));
    }

    private uint AddRest(uint hash, ReadOnlySpan<byte> rest)
    {
        switch (rest.Length)
        {
            case 3:
                hash += BinaryPrimitives.ReadUInt16LittleEndian(rest);
                hash ^= hash << 16;
                hash ^= (signedChar ? (uint)(sbyte)rest[2] : rest[2]) << 18;
                return hash + (hash >> 11);
            case 2:
                hash += BinaryPrimitives.ReadUInt16LittleEndian(rest);
                hash ^= hash << 11;
                return hash + (hash >> 17);
            case 1:
                hash += rest[0];
                hash ^= hash << 10;
                return hash + (hash >> 1);
            default:
                return hash;
        }
    }

    private static uint Finish(uint hash)
    {
        hash ^= hash << 3;
        hash += hash >> 5;
        hash ^= hash << 4;
        hash += hash >> 17;
        hash ^= hash << 25;
        return hash + (hash >> 6);
    }
}
